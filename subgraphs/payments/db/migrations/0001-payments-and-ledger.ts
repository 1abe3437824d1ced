import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    create function has_scope(scope text) returns boolean stable language sql
      return scope = any(string_to_array(current_setting('shop.scopes', true), ' '));

    create function is_payments() returns boolean stable language sql
      return current_setting('shop.kind', true) = 'service';

    create table payments (
      id             uuid primary key,
      order_id       uuid not null unique,
      owner          text not null,
      -- The attempt that counts.
      attempt_id     uuid not null,
      state          text not null,
      amount_minor   bigint not null check (amount_minor > 0),
      currency       char(3) not null,
      captured_minor bigint not null default 0,
      promised_minor bigint not null default 0,
      refunded_minor bigint not null default 0,
      failure_code   text,
      undone_at      timestamptz,
      created_at     timestamptz not null,
      constraint refunds_never_pass_the_capture check (
        0 <= refunded_minor and refunded_minor <= promised_minor and promised_minor <= captured_minor
      )
    ) with (fillfactor = 80);
    create index payments_owner on payments (owner, created_at desc, id desc);

    create table payment_attempts (
      id             uuid primary key,
      payment_id     uuid not null references payments deferrable initially deferred,
      state          text not null,
      method         text,
      customer       text,
      requires_3ds   boolean not null,
      intent_id      text unique,
      replaced_by    uuid,
      failure_code   text,
      brand          text,
      last4          char(4),
      captured_minor bigint not null default 0,
      -- Something of it is still to be taken back at the provider.
      stray          text,
      leased_until   timestamptz,
      looked_at      timestamptz,
      created_at     timestamptz not null
    ) with (fillfactor = 80);
    create index payment_attempts_payment_id on payment_attempts (payment_id, id);
    create index payment_attempts_unfinished on payment_attempts (created_at)
      where state in ('PENDING', 'REQUIRES_ACTION') or stray is not null;

    -- A step of an order's walk, heard of or undone, whichever came first.
    create table payment_steps (
      step_key   text primary key,
      payment_id uuid,
      undone_at  timestamptz
    );

    create table payment_events (
      id         uuid primary key,
      payment_id uuid not null references payments,
      attempt_id uuid not null,
      from_state text,
      to_state   text not null,
      at         timestamptz not null
    );
    create index payment_events_payment_id on payment_events (payment_id, id);

    create table refunds (
      id           uuid primary key,
      payment_id   uuid not null references payments,
      attempt_id   uuid not null references payment_attempts,
      state        text not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency     char(3) not null,
      reason       text not null,
      lines        jsonb not null default '[]',
      provider_id  text unique,
      leased_until timestamptz,
      created_at   timestamptz not null,
      sent_at      timestamptz,
      settled_at   timestamptz
    ) with (fillfactor = 80);
    create index refunds_payment_id on refunds (payment_id, id);
    create index refunds_attempt_id on refunds (attempt_id);
    create index refunds_unfinished on refunds (created_at) where state = 'PENDING';
    create index refunds_requested on refunds (id) where state = 'REQUESTED';

    create table transactions (
      id         uuid primary key,
      kind       text not null,
      payment_id uuid not null,
      order_id   uuid not null,
      -- One object of the provider's moves money once.
      reference  text not null,
      at         timestamptz not null,
      written_in xid8 not null default pg_current_xact_id(),
      unique (kind, reference)
    );
    create index transactions_at on transactions (at desc, id desc);
    create index transactions_order_id on transactions (order_id, at desc, id desc);

    create table postings (
      transaction_id uuid not null references transactions,
      account        text not null,
      currency       char(3) not null,
      -- Positive is debit, negative is credit.
      amount_minor   bigint not null check (amount_minor <> 0),
      primary key (transaction_id, account, currency)
    );
    create index postings_balance on postings (account, currency) include (amount_minor);

    comment on table transactions is 'append-only';
    comment on table postings is 'append-only';
    comment on table payment_events is 'append-only';

    create function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception '% is only ever appended to', tg_table_name; end $$;
    create trigger only_appended before update or delete or truncate on transactions
      execute function refuse_change();
    create trigger only_appended before update or delete or truncate on postings
      execute function refuse_change();
    create trigger only_appended before update or delete or truncate on payment_events
      execute function refuse_change();

    -- Postings come with their transaction, or not at all.
    create function refuse_late_posting() returns trigger language plpgsql as $$ begin
      if not exists (select from transactions where id = new.transaction_id
        and written_in = pg_current_xact_id())
      then raise exception 'a posting comes with its transaction'; end if;
      return new;
    end $$;
    create trigger with_its_transaction before insert on postings
      for each row execute function refuse_late_posting();

    create function refuse_imbalance() returns trigger language plpgsql as $$ begin
      if exists (select from postings where transaction_id = new.transaction_id
        group by currency having sum(amount_minor) <> 0)
      then raise exception 'a transaction sums to zero in each currency'; end if;
      return null;
    end $$;
    create constraint trigger balanced after insert on postings
      deferrable initially deferred for each row execute function refuse_imbalance();

    create view ledger_balances with (security_invoker) as
      select account, currency, sum(amount_minor)::bigint as amount_minor
      from postings group by account, currency;

    create function owns(payment uuid) returns boolean stable language sql
      begin atomic
        select exists (select from payments where id = payment);
      end;

    alter table payments enable row level security, force row level security;
    -- A guest's session may see what it paid for a day; then there is the link that was mailed.
    create policy own on payments using (
      is_payments() or owner = current_setting('shop.caller', true)
        and (owner not like 'guest:%' or created_at > now() - interval '24 hours')
    );
    create policy seen on payments for select using (has_scope('payments:read'));

    alter table payment_attempts enable row level security, force row level security;
    create policy own on payment_attempts using (is_payments() or owns(payment_id));

    alter table payment_events enable row level security, force row level security;
    create policy own on payment_events using (is_payments() or owns(payment_id));

    alter table refunds enable row level security, force row level security;
    create policy own on refunds using (is_payments() or owns(payment_id));

    alter table transactions enable row level security, force row level security;
    create policy read on transactions for select using (is_payments() or has_scope('ledger:read'));
    create policy written on transactions for insert with check (is_payments());

    alter table postings enable row level security, force row level security;
    create policy read on postings for select using (is_payments() or has_scope('ledger:read'));
    create policy written on postings for insert with check (is_payments());
  `.execute(db)
