import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    -- Of what a provider sent, what says where to look; its body holds names and addresses, and is not kept.
    create table webhook_deliveries (
      id           uuid primary key,
      provider     text not null,
      event_id     text not null,
      type         text not null,
      intent_id    text,
      setup_id     text,
      dispute_id   text,
      state        text not null,
      received     integer not null default 1,
      attempts     integer not null default 0,
      received_at  timestamptz not null,
      due_at       timestamptz not null,
      processed_at timestamptz,
      unique (provider, event_id)
    ) with (fillfactor = 80);
    create index webhook_deliveries_due_at on webhook_deliveries (due_at)
      where state in ('RECEIVED', 'FAILED');
    create index webhook_deliveries_received_at on webhook_deliveries (received_at desc, id desc);

    create table disputes (
      id           text primary key,
      payment_id   uuid not null references payments,
      amount_minor bigint not null,
      currency     char(3) not null,
      reason       text not null,
      at           timestamptz not null
    );

    create table reconciliations (
      id        uuid primary key,
      from_time timestamptz not null,
      to_time   timestamptz not null,
      compared  integer not null,
      at        timestamptz not null
    );
    create index reconciliations_at on reconciliations (at desc, id desc);

    create table reconciliation_findings (
      id                 uuid primary key,
      reconciliation_id  uuid not null references reconciliations,
      kind               text not null,
      provider_reference text not null,
      payment_id         uuid,
      order_id           text,
      amount_minor       bigint not null,
      currency           char(3) not null,
      is_mended          boolean not null
    );
    create policy refunded on payments for update using (has_scope('payments:refund'));

    create index reconciliation_findings_of on reconciliation_findings (reconciliation_id, id);

  `.execute(db)
