import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    -- One row: what a process remembers of the rules is so while this is their version.
    create table price_rules (
      is_only            boolean primary key default true check (is_only),
      version            bigint not null default 1,
      prices_include_tax boolean not null default true,
      home_country       char(2) not null default 'DE',
      settings_version   integer not null default 1
    );
    insert into price_rules default values;

    create table promotions (
      id               uuid primary key,
      name             text not null,
      kind             text not null,
      percent_off_bps  integer check (percent_off_bps between 1 and 10000),
      amounts          jsonb not null,
      per_item         boolean not null,
      product_ids      uuid[] not null,
      category_ids     uuid[] not null,
      min_quantity     integer,
      min_subtotals    jsonb not null,
      first_order_only boolean not null,
      needs_voucher    boolean not null,
      priority         integer not null,
      stacking         text not null,
      starts_at        timestamptz not null,
      ends_at          timestamptz,
      version          integer not null default 1
    );
    create index promotions_ends_at on promotions (ends_at);
    create index promotions_starts_at on promotions (starts_at, id);

    create table vouchers (
      id                   uuid primary key,
      code                 text not null unique,
      promotion_id         uuid not null references promotions,
      max_uses             integer,
      max_uses_per_shopper integer,
      uses                 integer not null default 0,
      ends_at              timestamptz,
      version              integer not null default 1,
      constraint uses_within_limit check (uses >= 0 and (max_uses is null or uses <= max_uses))
    ) with (fillfactor = 70);
    create index vouchers_promotion_id on vouchers (promotion_id, id);

    create table voucher_shoppers (
      voucher_id uuid not null references vouchers,
      owner      text not null,
      uses       integer not null check (uses >= 0),
      primary key (voucher_id, owner)
    );

    -- A use is an order's, and is given back once at most.
    create table voucher_uses (
      voucher_id  uuid not null references vouchers,
      step_key    text not null,
      order_id    uuid not null,
      owner       text not null,
      taken_at    timestamptz not null,
      released_at timestamptz,
      primary key (step_key, voucher_id)
    );
    create index voucher_uses_order_id on voucher_uses (order_id) where released_at is null;

    -- Steps that took a price, and undoings of steps that were never heard of.
    create table price_steps (
      step_key    text primary key,
      order_id    uuid,
      owner       text not null,
      at          timestamptz not null,
      released_at timestamptz
    );

    create table shipping_methods (
      id       uuid primary key,
      code     text not null unique,
      name     text not null,
      min_days integer not null,
      max_days integer not null,
      rates    jsonb not null,
      position integer not null,
      ended_at timestamptz,
      version  integer not null default 1
    );

    create table tax_classes (
      id         uuid primary key,
      code       text not null unique,
      name       text not null,
      is_default boolean not null default false,
      version    integer not null default 1
    );
    create unique index tax_classes_default on tax_classes (is_default) where is_default;

    create table tax_rates (
      tax_class_id uuid not null references tax_classes,
      country      char(2) not null,
      region       text not null default '',
      rate_bps     integer not null check (rate_bps between 0 and 10000),
      primary key (tax_class_id, country, region)
    );

    -- A product or a category is in one class, so that no line has two rates.
    create table tax_class_goods (
      good_id      uuid primary key,
      tax_class_id uuid not null references tax_classes,
      is_category  boolean not null
    );

    alter table voucher_shoppers enable row level security, force row level security;
    create policy own on voucher_shoppers using (
      owner = current_setting('shop.caller', true) or current_setting('shop.kind', true) = 'service'
    );
    alter table voucher_uses enable row level security, force row level security;
    create policy own on voucher_uses using (
      owner = current_setting('shop.caller', true) or current_setting('shop.kind', true) = 'service'
    );
    alter table price_steps enable row level security, force row level security;
    create policy own on price_steps using (
      owner = current_setting('shop.caller', true) or current_setting('shop.kind', true) = 'service'
    );
  `.execute(db)
