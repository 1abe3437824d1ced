import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    create table assessments (
      id            uuid primary key,
      order_id      uuid not null unique,
      decision      text not null,
      score         double precision not null check (score between 0 and 100),
      confidence    double precision not null check (confidence between 0 and 1),
      reasons       text[] not null,
      rules         text[] not null,
      model_name    text not null,
      model_version text not null,
      degraded      boolean not null,
      computed_at   timestamptz not null,
      confirmed_at  timestamptz,
      -- What it was made from: rules are tried on these later.
      facts         jsonb not null,
      features      jsonb not null
    );
    create index assessments_computed_at on assessments (computed_at, id);
    create index assessments_decision on assessments (decision, computed_at, id);

    create table reviews (
      id            uuid primary key,
      assessment_id uuid not null unique references assessments,
      state         text not null default 'OPEN',
      opened_at     timestamptz not null,
      decided_at    timestamptz,
      decided_by    text,
      note          text,
      constraint decided_by_somebody check ((state = 'OPEN') = (decided_by is null))
    );
    create index reviews_state on reviews (state, opened_at, id);

    -- What an order is known by, each time it was seen: the past of thirty days.
    create table sightings (
      kind     text not null,
      hash     text not null,
      at       timestamptz not null,
      what     text not null check (what in ('ORDER', 'FAILURE', 'FRAUD')),
      -- Of the event that told it; an order's own assessment.
      told_by  uuid not null,
      order_id uuid not null,
      email    text,
      card     text,
      primary key (kind, hash, at, what, told_by)
    );
    create index sightings_at on sightings (at);

    create table rules (
      id         uuid primary key,
      name       text not null unique,
      action     text not null,
      condition  text not null,
      is_on      boolean not null,
      version    integer not null,
      changed_at timestamptz not null,
      changed_by text not null
    );

    create table rule_versions (
      rule_id    uuid not null references rules,
      version    integer not null,
      name       text not null,
      action     text not null,
      condition  text not null,
      is_on      boolean not null,
      changed_at timestamptz not null,
      changed_by text not null,
      primary key (rule_id, version)
    );

    create table list_entries (
      id         uuid primary key,
      list       text not null,
      kind       text not null,
      value      text not null,
      note       text not null,
      added_at   timestamptz not null,
      added_by   text not null,
      expires_at timestamptz,
      unique (kind, value, list)
    );
    create index list_entries_added_at on list_entries (added_at, id);

    -- Appended to: the last is in force.
    create table thresholds (
      version            integer primary key,
      three_d_secure_at  integer not null,
      review_at          integer not null,
      reject_at          integer not null,
      changed_at         timestamptz not null,
      changed_by         text not null
    );
    insert into thresholds values (1, 40, 65, 85, now(), 'shop');

    insert into rules select uuidv7(), name, action, condition, is_on, 1, now(), 'shop'
    from (values
      ('on the allow list', 'ALLOW', 'is_allow_listed', true),
      ('on the block list', 'BLOCK', 'is_block_listed', true),
      ('a large first order', 'REVIEW', 
        'total >= 5000 and currency in (''EUR'', ''USD'', ''GBP'', ''CHF'') and previous_orders = 0', true),
      ('a payment that failed again and again', 'THREE_D_SECURE', 'failures_of_email_1d >= 5', true),
      ('a card that several use', 'THREE_D_SECURE', 'emails_of_card_30d >= 3', false)
    ) as first(name, action, condition, is_on);
    insert into rule_versions
      select id, version, name, action, condition, is_on, changed_at, changed_by from rules;

    alter table assessments enable row level security, force row level security;
    alter table reviews enable row level security, force row level security;
    alter table sightings enable row level security, force row level security;
    alter table list_entries enable row level security, force row level security;
    create function sees_fraud() returns boolean language sql stable
      return current_setting('shop.kind', true) = 'service'
        or 'fraud:read' = any (string_to_array(current_setting('shop.scopes', true), ' '))
        or 'fraud:write' = any (string_to_array(current_setting('shop.scopes', true), ' '));
    -- Once for a statement, and not for every row.
    create policy staff on assessments using ((select sees_fraud()));
    create policy staff on reviews using ((select sees_fraud()));
    create policy staff on sightings using ((select sees_fraud()));
    create policy staff on list_entries using ((select sees_fraud()));
  `.execute(db)
