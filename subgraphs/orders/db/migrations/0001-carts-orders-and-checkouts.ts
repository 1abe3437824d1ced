import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    create table carts (
      id         uuid primary key,
      owner      text not null,
      state      text not null default 'OPEN',
      version    integer not null default 1,
      -- The order that is being made of it, or was.
      order_id   uuid,
      updated_at timestamptz not null
    );
    create unique index one_cart_an_owner on carts (owner) where state in ('OPEN', 'FROZEN');

    create table cart_items (
      id         uuid primary key,
      cart_id    uuid not null references carts on delete cascade,
      variant_id uuid not null,
      quantity   integer not null check (quantity between 1 and 1000),
      added_at   timestamptz not null,
      unique (cart_id, variant_id)
    );

    -- Shop sessions whose cart was taken over: nothing more is done in their name.
    create table ended_sessions (guest_id text primary key, at timestamptz not null);

    create table quotes (
      id           uuid primary key,
      owner        text not null,
      cart_id      uuid not null,
      cart_version integer not null,
      -- Where to, how, and by which vouchers; and what the shopper is.
      asked        jsonb not null,
      price        jsonb not null,
      -- What the things are called, by the id of their variant.
      names        jsonb not null,
      expires_at   timestamptz not null
    );
    create index quotes_expires_at on quotes (expires_at);

    create sequence order_numbers start 100001;

    create table orders (
      id                 uuid primary key,
      number             text not null unique,
      owner              text not null,
      cart_id            uuid not null,
      quote_id           uuid not null,
      status             text not null default 'PENDING',
      cancel_reason      text,
      currency           char(3) not null,
      subtotal_minor     bigint not null,
      discount_minor     bigint not null,
      shipping_minor     bigint not null,
      tax_minor          bigint not null,
      total_minor        bigint not null check (total_minor >= 0),
      refunded_minor     bigint not null default 0,
      prices_include_tax boolean not null,
      voucher_codes      text[] not null,
      explain            jsonb not null,
      shipping_method_id text,
      email              text not null,
      email_hash         text not null,
      shipping_address   jsonb not null,
      billing_address    jsonb not null,
      country            text not null,
      -- What the checkout asks of others, as it was decided when the order was placed.
      plan               jsonb not null,
      placed_at          timestamptz not null,
      paid_at            timestamptz,
      shipped_at         timestamptz,
      delivered_at       timestamptz,
      version            integer not null default 1
    ) with (fillfactor = 80);
    create unique index one_unfinished_order_a_cart on orders (cart_id)
      where status in ('PENDING', 'AWAITING_PAYMENT', 'ON_HOLD');
    create index orders_owner on orders (owner, placed_at desc, id desc);
    create index orders_placed_at on orders (placed_at desc, id desc);
    create index orders_status on orders (status, placed_at desc, id desc);
    create index orders_total on orders (total_minor, id);
    create index orders_of_guests on orders (email_hash) where owner like 'guest:%';

    create table order_items (
      id                uuid primary key,
      order_id          uuid not null references orders,
      variant_id        uuid not null,
      product_id        uuid not null,
      sku               text not null,
      name              text not null,
      quantity          integer not null,
      unit_price_minor  bigint not null,
      discount_minor    bigint not null,
      tax_minor         bigint not null,
      total_minor       bigint not null
    );
    create index order_items_order_id on order_items (order_id);
    create index order_items_variant_id on order_items (variant_id);

    create table order_stages (
      id       bigint generated always as identity primary key,
      order_id uuid not null references orders,
      status   text not null,
      at       timestamptz not null,
      actor    text not null,
      note     text
    );
    create index order_stages_order_id on order_stages (order_id, id);

    create table fulfillments (
      id              uuid primary key,
      order_id        uuid not null references orders,
      carrier         text,
      tracking_number text,
      tracking_url    text,
      shipped_at      timestamptz not null
    );
    create index fulfillments_order_id on fulfillments (order_id);

    create table fulfillment_items (
      fulfillment_id uuid not null references fulfillments,
      order_item_id  uuid not null references order_items,
      quantity       integer not null check (quantity > 0),
      primary key (fulfillment_id, order_item_id)
    );
    create index fulfillment_items_order_item_id on fulfillment_items (order_item_id);

    -- The walk of a checkout: ids and codes alone, so that a step is recorded in one statement.
    create table checkouts (
      order_id     uuid primary key references orders,
      cart_id      uuid not null,
      owner        text not null,
      state        text not null default 'WALKING',
      step         text not null default 'hold',
      -- What is still to be undone, the first to go first.
      to_undo      text[] not null default '{}',
      reason       text,
      refusal      jsonb,
      cancel       text,
      review       text,
      needs_3ds    boolean not null default false,
      lease        bigint not null default 1,
      -- When somebody else may take it: the lease is over, it is to be tried again, or it rested enough.
      due_at       timestamptz,
      tries        integer not null default 0,
      deadline_at  timestamptz,
      is_extended  boolean not null default false,
      -- The caller and key that it was asked under.
      act          jsonb not null,
      updated_at   timestamptz not null
    ) with (fillfactor = 70);
    create index checkouts_due_at on checkouts (due_at) where due_at is not null;
    create index checkouts_cart_id on checkouts (cart_id);

    -- FORCE, so that it binds the owners of the tables too.
    alter table carts enable row level security, force row level security;
    create policy own on carts using (
      owner = current_setting('shop.caller') or current_setting('shop.kind') = 'service'
    );
    alter table cart_items enable row level security, force row level security;
    create policy own on cart_items using (exists (select from carts where carts.id = cart_id));

    alter table quotes enable row level security, force row level security;
    create policy own on quotes using (
      owner = current_setting('shop.caller') or current_setting('shop.kind') = 'service'
    );

    alter table orders enable row level security, force row level security;
    create policy own on orders using (
      owner = current_setting('shop.caller') or current_setting('shop.kind') = 'service'
    );
    create policy staff on orders using (
      current_setting('shop.kind') = 'staff'
      and string_to_array(current_setting('shop.scopes'), ' ')
        && array['orders:read', 'orders:write', 'fraud:write']
    );
    -- Parts are seen by whoever sees the order. They are written in one statement with it, which
    -- a check on the order could not see yet.
    alter table order_items enable row level security, force row level security;
    create policy own on order_items using (exists (select from orders where orders.id = order_id))
      with check (true);
    alter table order_stages enable row level security, force row level security;
    create policy own on order_stages using (exists (select from orders where orders.id = order_id))
      with check (true);
    alter table fulfillments enable row level security, force row level security;
    create policy own on fulfillments using (exists (select from orders where orders.id = order_id))
      with check (true);
    alter table fulfillment_items enable row level security, force row level security;
    create policy own on fulfillment_items using (
      exists (select from fulfillments where fulfillments.id = fulfillment_id)
    ) with check (true);
  `.execute(db)
