import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    create table notes (
      place        bigint generated always as identity primary key,
      event_id     uuid not null,
      aggregate_id text not null,
      sequence     bigint not null
    );
    create table secrets (
      id    uuid primary key,
      owner text not null,
      text  text not null
    );
    create table diary (page text not null);
    comment on table diary is 'append-only';
    alter table secrets enable row level security, force row level security;
    create policy own on secrets using (owner = current_setting('shop.caller', true));
  `.execute(db)
