import { type Kysely, sql } from 'kysely'

/** Of a card the last four digits, and when it ends. */
export const up = (db: Kysely<unknown>) =>
  sql`
    -- Who a shopper is to the provider: an id of theirs, made from an id of ours.
    create table customers (
      user_id     uuid primary key,
      provider_id text unique,
      created_at  timestamptz not null default now()
    );

    create table payment_methods (
      id          uuid primary key,
      user_id     uuid not null,
      -- WAITING for the bank, SAVED, REFUSED or REMOVED.
      state       text not null,
      provider_id text not null,
      setup_id    text unique,
      customer    text,
      brand       text,
      last4       char(4),
      exp_month   smallint,
      exp_year    smallint,
      is_default  boolean not null default false,
      refusal     text,
      created_at  timestamptz not null
    );
    create index payment_methods_user_id on payment_methods (user_id, id) where state = 'SAVED';
    create unique index payment_methods_default on payment_methods (user_id) where is_default;
    create index payment_methods_waiting on payment_methods (created_at) where state = 'WAITING';

    alter table customers enable row level security, force row level security;
    create policy own on customers
      using (is_payments() or user_id::text = current_setting('shop.id', true));

    alter table payment_methods enable row level security, force row level security;
    create policy own on payment_methods
      using (is_payments() or user_id::text = current_setting('shop.id', true));
  `.execute(db)
