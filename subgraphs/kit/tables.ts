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
  [
    'kit-0003-acts-at-once',
    `create function act_at_once(
      kind text, caller text, id text, scopes text, lock_ms text,
      key_of text, of_field text, by_key text, hash text, expected jsonb, act text, given jsonb,
      out state text, out outcome jsonb
    ) language plpgsql as $$
    declare before idempotent_acts;
    begin
      perform set_config('shop.kind', kind, true), set_config('shop.caller', caller, true),
        set_config('shop.id', id, true), set_config('shop.scopes', scopes, true),
        set_config('lock_timeout', lock_ms, true);
      if not pg_try_advisory_xact_lock(hashtextextended(key_of || ' ' || of_field || ' ' || by_key, 0))
      then
        state := 'busy';
        return;
      end if;
      -- Before the act, so that what the act locks is not locked while this is written.
      insert into idempotent_acts (caller, field, key, input_hash, outcome)
        values (key_of, of_field, by_key, hash, expected) on conflict do nothing;
      if not found then
        select * into before from idempotent_acts as acts
          where acts.caller = key_of and acts.field = of_field and acts.key = by_key;
        state := case when before.input_hash = hash then 'before' else 'conflict' end;
        outcome := before.outcome;
        return;
      end if;
      execute format('select %I($1)', act) into outcome using given;
      if outcome is not null then
        update idempotent_acts as acts set outcome = act_at_once.outcome
          where acts.caller = key_of and acts.field = of_field and acts.key = by_key;
      end if;
      state := 'done';
      outcome := coalesce(outcome, expected);
    end $$;`,
  ],
  [
    'kit-0004-flow',
    `-- When it was last sent; null of what has not been sent, or was lost.
    alter table deliveries add column sent_at timestamptz;
    drop index deliveries_due_at;
    create index deliveries_fresh on deliveries (listener, event_id) where sent_at is null;
    create index deliveries_under_way on deliveries (listener, due_at) where sent_at is not null;

    create table event_flows (
      listener text primary key,
      -- When the newest that was acknowledged had been sent.
      heard    timestamptz,
      -- How often a listener that says nothing was tried, and when it may be tried again.
      probes   integer not null default 0,
      probe_at timestamptz not null default now()
    ) with (fillfactor = 50);
    insert into event_flows (listener) select distinct listener from deliveries;`,
  ],
  [
    'kit-0005-acts-together',
    `-- Acts that are done at once, of as many callers as there are, in one transaction; each by itself
    -- where it is refused for being done at length.
    create function acts_at_once(acts jsonb) returns table (state text, outcome jsonb)
    language plpgsql as $$
    declare one jsonb;
    begin
      for one in select * from jsonb_array_elements(acts) loop
        begin
          select done.state, done.outcome into state, outcome from act_at_once(
            one ->> 'kind', one ->> 'caller', one ->> 'id', one ->> 'scopes', one ->> 'lockMs',
            one #>> '{row,caller}', one #>> '{row,field}', one #>> '{row,key}', one #>> '{row,hash}',
            one -> 'expected', one ->> 'by', one -> 'given') as done;
        exception when sqlstate 'SHOP1' then
          state := 'at length';
          outcome := null;
        end;
        return next;
      end loop;
    end $$;`,
  ],
]
