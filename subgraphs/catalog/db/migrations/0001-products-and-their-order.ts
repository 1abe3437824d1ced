import { type Kysely, sql } from 'kysely'

/** Everything here is public, so no table needs row-level security: what is not yet on sale is left out by the queries. */
export const up = async (db: Kysely<unknown>) => {
  await sql`${sql.raw(tree)} ${sql.raw(goods)} ${sql.raw(shown)}`.execute(db)
}

const tree = `
  create table brands (
    id   uuid primary key,
    slug text not null unique,
    name text not null
  );

  create table sellers (
    id             uuid primary key,
    slug           text not null unique,
    name           text not null,
    country        text,
    commission_bps integer not null default 0 check (commission_bps between 0 and 10000),
    -- Users who write this seller's products under the scope vendor:own.
    owner_ids      uuid[] not null default '{}',
    version        integer not null default 1
  );
  create index sellers_owner_ids on sellers using gin (owner_ids);

  create table categories (
    id          uuid primary key,
    parent_id   uuid references categories,
    slug        text not null unique,
    name        text not null,
    description text not null default '',
    position    integer not null default 0,
    -- From the root down to the category itself, so ancestors and subtree need no recursion.
    path        uuid[] not null,
    version     integer not null default 1
  );
  create index categories_parent_id on categories (parent_id, position, id);
  create index categories_path on categories using gin (path);

  create table tags (
    id   uuid primary key,
    slug text collate "C" not null unique,
    name text not null
  );
`

const goods = `
  create table products (
    id          uuid primary key,
    slug        text not null unique,
    name        text not null,
    description text not null,
    brand_id    uuid references brands,
    seller_id   uuid references sellers,
    status      text not null check (status in ('ACTIVE', 'DRAFT', 'ARCHIVED')),
    attributes  jsonb not null default '[]',
    is_featured boolean not null default false,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    archived_at timestamptz,
    version     integer not null default 1,
    -- Of the record it was imported from; null once somebody edited it.
    digest      text
  );
  create index products_brand_id on products (brand_id);
  create index products_seller_id on products (seller_id, id);
  create index products_featured on products (created_at, id) where is_featured;

  create table product_categories (
    product_id  uuid not null references products on delete cascade,
    category_id uuid not null references categories,
    -- 0 is the one that a breadcrumb shows.
    position    smallint not null,
    primary key (product_id, category_id)
  );
  create index product_categories_category_id on product_categories (category_id);

  create table product_tags (
    product_id uuid not null references products on delete cascade,
    tag_id     uuid not null references tags,
    primary key (product_id, tag_id)
  );
  create index product_tags_tag_id on product_tags (tag_id);

  create table product_variants (
    id               uuid primary key,
    product_id       uuid not null references products on delete cascade,
    sku              text not null unique,
    attributes       jsonb not null default '[]',
    amount_minor     bigint not null check (amount_minor >= 0),
    currency         char(3) not null,
    compare_at_minor bigint check (compare_at_minor > amount_minor),
    weight_grams     integer check (weight_grams >= 0),
    gtin             text,
    position         integer not null,
    version          integer not null default 1,
    archived_at      timestamptz
  );
  create index product_variants_product_id on product_variants (product_id, position, id);

  create table product_images (
    id         uuid primary key,
    product_id uuid not null references products on delete cascade,
    alt        text not null,
    position   integer not null,
    -- What to draw when it is first asked for, where nobody took a picture.
    drawing    jsonb,
    -- Keys of public files by width and format: {"800": {"webp": "public/...", "jpeg": ...}}.
    renditions jsonb,
    width      integer,
    height     integer,
    created_at timestamptz not null,
    constraint drawn_or_taken check ((drawing is null) <> (renditions is null))
  );
  create index product_images_product_id on product_images (product_id, position, id);
`

const shown = `
  create table collections (
    id          uuid primary key,
    slug        text not null unique,
    name        text not null,
    description text not null default '',
    position    integer not null default 0,
    version     integer not null default 1
  );

  create table collection_products (
    collection_id uuid not null references collections on delete cascade,
    product_id    uuid not null references products on delete cascade,
    position      integer not null,
    primary key (collection_id, product_id)
  );
  create index collection_products_position on collection_products (collection_id, position, product_id);
  create index collection_products_product_id on collection_products (product_id);

  -- Where a product is found: a row for the whole shop (the zero id), and one for each category it
  -- is in or below. Derived from the tables above and written anew with every change of a product.
  create table listings (
    product_id   uuid not null references products on delete cascade,
    category_id  uuid not null,
    status       text not null,
    created_at   timestamptz not null,
    -- Of the cheapest variant; 0 while there is none to buy.
    amount_minor bigint not null,
    name_key     text collate "C" not null,
    -- What it can be filtered by, in the row of the whole shop alone: in:<category>, brand:<id>,
    -- seller:<id>, tag:<id>, at:<key>=<value>.
    terms        text[],
    primary key (product_id, category_id)
  );
  create index listings_newest on listings (category_id, created_at, product_id) where status = 'ACTIVE';
  create index listings_price on listings (category_id, amount_minor, product_id) where status = 'ACTIVE';
  create index listings_name on listings (category_id, name_key, product_id) where status = 'ACTIVE';
  -- Without a pending list, which every search would have to read through.
  create index listings_terms on listings using gin (terms) with (fastupdate = off) where terms is not null;
  create index listings_hidden on listings (category_id, status, created_at, product_id) where status <> 'ACTIVE';
  alter table listings alter column terms set statistics 1000;

  -- How many products of a large category have a term; a job counts them.
  create table term_counts (
    category_id uuid not null,
    term        text not null,
    products    integer not null,
    primary key (category_id, term)
  );
  create table counted_categories (
    category_id uuid primary key,
    products    integer not null,
    counted_at  timestamptz not null
  );

  -- How far an import of a file has come; the batch and this row are one transaction.
  create table import_checkpoints (
    file_hash text primary key,
    lines     bigint not null,
    is_done   boolean not null,
    at        timestamptz not null
  );
`
