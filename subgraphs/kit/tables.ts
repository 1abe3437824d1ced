/** What kit keeps in every subgraph's schema; applied once each, in this order. */
export const kitTables: readonly (readonly [name: string, text: string])[] = [
  [
    'kit-0001-idempotent-acts',
    `create table idempotent_acts (
      caller     text not null,
      field      text not null,
      key        text not null,
      input_hash text not null,
      outcome    jsonb,
      at         timestamptz not null default now(),
      keep_until timestamptz not null default now() + interval '30 days',
      primary key (caller, field, key)
    );
    create index idempotent_acts_keep_until on idempotent_acts (keep_until);`,
  ],
  [
    'kit-0002-outbox-and-inbox',
    `create table outbox (
      id           uuid primary key,
      name         text not null,
      version      integer not null,
      aggregate    text not null,
      aggregate_id text not null,
      sequence     bigint not null,
      occurred_at  timestamptz not null,
      actor        text not null,
      traceparent  text,
      data         jsonb not null,
      routed       boolean not null default false,
      unique (aggregate, aggregate_id, sequence)
    );
    create index outbox_unrouted on outbox (aggregate, aggregate_id, sequence) where not routed;

    -- The last sequence given to an aggregate. The row is locked until the change commits, so
    -- events of one aggregate become visible in the order of their sequence.
    create table event_sequences (
      aggregate    text,
      aggregate_id text,
      last         bigint not null,
      primary key (aggregate, aggregate_id)
    ) with (fillfactor = 80);

    -- The last sequence of an aggregate that was routed to a listener.
    create table event_routes (
      listener     text,
      aggregate    text,
      aggregate_id text,
      last         bigint not null,
      primary key (listener, aggregate, aggregate_id)
    ) with (fillfactor = 80);

    -- One event on its way to one listener; gone when it is acknowledged.
    create table deliveries (
      listener text,
      event_id uuid not null references outbox on delete cascade,
      after    bigint not null,
      due_at   timestamptz not null default now(),
      attempts integer not null default 0,
      primary key (listener, event_id)
    ) with (fillfactor = 80);
    create index deliveries_due_at on deliveries (due_at);
    create index deliveries_event_id on deliveries (event_id);

    create table inbox (
      event_id uuid primary key,
      at       timestamptz not null default now()
    );
    create index inbox_at on inbox (at);

    create table inbox_positions (
      aggregate    text,
      aggregate_id text,
      last         bigint not null,
      parked       boolean not null default false,
      primary key (aggregate, aggregate_id)
    ) with (fillfactor = 80);

    -- What came for an aggregate whose event could not be taken in, that event first.
    create table parked_events (
      event_id     uuid primary key,
      aggregate    text not null,
      aggregate_id text not null,
      sequence     bigint not null,
      delivery     jsonb not null,
      reason       text,
      at           timestamptz not null default now()
    );
    create index parked_events_aggregate on parked_events (aggregate, aggregate_id, sequence);`,
  ],
]
