import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    -- What is to be mailed, to whom it is about: no address is kept here.
    create table mails (
      id          uuid primary key,
      event_id    uuid not null,
      template    text not null,
      recipient   text not null,
      facts       jsonb not null,
      traceparent text,
      state       text not null default 'INTENDED',
      attempts    integer not null default 0,
      reason      text,
      intended_at timestamptz not null,
      -- Of one that is intended: not before. It is moved on by whoever takes it.
      due_at      timestamptz,
      sending_at  timestamptz,
      settled_at  timestamptz,
      unique (event_id, template, recipient)
    ) with (fillfactor = 80);
    create index mails_due_at on mails (due_at) where state = 'INTENDED';
    create index mails_sending_at on mails (sending_at) where state = 'SENDING';
    create index mails_intended_at on mails (intended_at, id);

    create table notifications (
      id         uuid primary key,
      user_id    uuid not null,
      kind       text not null,
      order_id   uuid not null,
      event_id   uuid not null,
      created_at timestamptz not null,
      read_at    timestamptz,
      unique (user_id, event_id, kind)
    );
    create index notifications_user_id on notifications (user_id, created_at, id);
    create index notifications_unread on notifications (user_id) where read_at is null;
    create index notifications_order_id on notifications (order_id);

    alter table mails enable row level security, force row level security;
    create policy staff on mails using (
      current_setting('shop.kind', true) = 'service'
        or 'customers:read' = any (string_to_array(current_setting('shop.scopes', true), ' '))
    );
    alter table notifications enable row level security, force row level security;
    create policy own on notifications using (
      current_setting('shop.kind', true) = 'service'
        or user_id::text = current_setting('shop.id', true)
    );
  `.execute(db)
