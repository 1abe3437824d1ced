import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    create table warehouses (
      id       uuid primary key,
      code     text not null unique,
      name     text not null,
      -- What is promised is taken from the first that has it.
      position integer not null unique
    );

    create table stock_levels (
      variant_id   uuid not null,
      warehouse_id uuid not null references warehouses,
      on_hand      integer not null default 0,
      held         integer not null default 0,
      low_at       integer,
      is_low       boolean not null default false,
      version      integer not null default 1,
      primary key (variant_id, warehouse_id),
      constraint held_is_on_hand check (held between 0 and on_hand)
    ) with (fillfactor = 70);
    create index stock_levels_is_low on stock_levels (variant_id, warehouse_id) where is_low;
    create index stock_levels_out on stock_levels (variant_id, warehouse_id) where on_hand = held;

    -- Appended to, never changed: what is on hand is the sum of these.
    create table stock_movements (
      id           uuid primary key,
      variant_id   uuid not null,
      warehouse_id uuid not null,
      kind         text not null,
      quantity     integer not null check (quantity <> 0),
      reason       text,
      reference    text,
      actor        text not null,
      at           timestamptz not null,
      foreign key (variant_id, warehouse_id) references stock_levels
    );
    create index stock_movements_variant_id on stock_movements (variant_id, id);

    create table holds (
      id         uuid primary key,
      owner      text not null,
      -- Of the step that asked for it: an undo names this, whether or not the step was heard of.
      step_key   text not null,
      reference  text,
      state      text not null,
      expires_at timestamptz not null,
      is_extended boolean not null default false,
      settled_at timestamptz,
      unique (step_key)
    ) with (fillfactor = 80);
    create index holds_expires_at on holds (expires_at) where state = 'HELD';
    create index holds_owner on holds (owner, id) where state = 'HELD';

    create table hold_lines (
      hold_id      uuid not null references holds,
      variant_id   uuid not null,
      warehouse_id uuid not null,
      quantity     integer not null check (quantity > 0),
      primary key (hold_id, variant_id, warehouse_id)
    );

    -- Variants of which less or more can be promised since it was last told.
    create table changed_variants (variant_id uuid primary key);

    alter table holds enable row level security, force row level security;
    create policy own on holds using (
      owner = current_setting('shop.caller', true) or current_setting('shop.kind', true) = 'service'
    );
  `.execute(db)
