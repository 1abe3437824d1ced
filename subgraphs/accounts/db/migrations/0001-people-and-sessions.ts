import { type Kysely, sql } from 'kysely'

export const up = async (db: Kysely<unknown>) => {
  await people.execute(db)
  await sessions.execute(db)
  await security.execute(db)
}

const people = sql`
  create table users (
    id                uuid primary key,
    -- As mail is sent to it and as it is looked up: canonical (domain/email.ts), never as typed.
    email             text not null,
    email_verified_at timestamptz,
    deactivated_at    timestamptz,
    created_at        timestamptz not null,
    version           integer not null default 1
  );
  -- Anyone may claim an address; it belongs to the one who has shown that mail reaches them.
  create unique index users_verified_email on users (email) where email_verified_at is not null;
  create index users_email on users (email text_pattern_ops, id);
  create index users_created_at on users (created_at, id);

  create table credentials (
    user_id       uuid primary key references users on delete cascade,
    password_hash text not null
  );

  create table user_roles (
    user_id uuid references users on delete cascade,
    role    text,
    primary key (user_id, role)
  );
  create index user_roles_role on user_roles (role, user_id);

  create table addresses (
    id           uuid primary key,
    user_id      uuid not null references users on delete cascade,
    name         text not null,
    company      text,
    line1        text not null,
    line2        text,
    postal_code  text not null,
    city         text not null,
    region       text,
    country      char(2) not null,
    phone        text,
    created_at   timestamptz not null,
    unique (user_id, id)
  );

  -- The defaults are two cells of one row, so that there is never more than one of a kind.
  create table user_profiles (
    user_id                     uuid primary key references users on delete cascade,
    given_name                  text,
    family_name                 text,
    phone                       text,
    birth_date                  date,
    newsletter                  boolean not null default false,
    preferences                 jsonb not null default '{}',
    default_shipping_address_id uuid,
    default_billing_address_id  uuid,
    foreign key (user_id, default_shipping_address_id) references addresses (user_id, id)
      on delete set null (default_shipping_address_id),
    foreign key (user_id, default_billing_address_id) references addresses (user_id, id)
      on delete set null (default_billing_address_id)
  );
  create index user_profiles_family_name on user_profiles (lower(family_name) text_pattern_ops);
  create index user_profiles_given_name on user_profiles (lower(given_name) text_pattern_ops);
`

const sessions = sql`
  -- A log-in, and the family of its refresh tokens: whoever changes the family locks this row.
  create table sessions (
    id         uuid primary key,
    user_id    uuid not null references users on delete cascade,
    device     text,
    address    text,
    created_at timestamptz not null,
    used_at    timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz
  );
  create index sessions_user_id on sessions (user_id, id) where ended_at is null;
  create index sessions_expires_at on sessions (expires_at);

  create table refresh_tokens (
    hash        bytea primary key,
    session_id  uuid not null references sessions on delete cascade,
    issued_at   timestamptz not null,
    used_at     timestamptz,
    successor   bytea,
    -- Shown again in time, once: it has had its second successor.
    repeated_at timestamptz,
    dead        boolean not null default false
  );
  create index refresh_tokens_session_id on refresh_tokens (session_id);

  -- Where somebody has signed in from: guesses of strangers do not use up their attempts.
  create table known_places (
    user_id uuid references users on delete cascade,
    place   text,
    seen_at timestamptz not null,
    primary key (user_id, place)
  );

  create table mail_tokens (
    event_id   uuid primary key,
    hash       bytea not null unique,
    purpose    text not null check (purpose in ('VERIFY', 'RESET')),
    user_id    uuid not null references users on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
  );
  create index mail_tokens_user_id on mail_tokens (user_id);

  -- Written for every address that is asked about, known or not, and answered out of sight.
  create table reset_requests (
    id         uuid primary key,
    email      text not null,
    asked_at   timestamptz not null
  );

  create table api_keys (
    id             uuid primary key,
    name           text not null,
    hint           text not null,
    hash           bytea not null unique,
    previous_hash  bytea unique,
    previous_until timestamptz,
    scopes         text[] not null,
    operation_list text not null,
    created_by     uuid not null,
    created_at     timestamptz not null,
    rotated_at     timestamptz,
    revoked_at     timestamptz
  );
`

// FORCE, so that they bind the owner of the tables too.
const security = sql`
  create function has_scope(scope text) returns boolean language sql stable
    return scope = any(string_to_array(current_setting('shop.scopes', true), ' '));
  create function is_viewer(user_id uuid) returns boolean language sql stable
    return 'user:' || user_id = current_setting('shop.caller', true);
  create function is_accounts() returns boolean language sql stable
    return current_setting('shop.caller', true) = 'service:accounts';
  create function may_read_people() returns boolean language sql stable
    return is_accounts() or has_scope('customers:read') or has_scope('staff:write');

  alter table users enable row level security, force row level security;
  create policy seen on users for select using (is_viewer(id) or may_read_people());
  create policy made on users for insert with check (is_accounts());
  create policy changed on users for update using (is_accounts() or has_scope('staff:write'));

  alter table user_roles enable row level security, force row level security;
  create policy seen on user_roles for select using (is_viewer(user_id) or may_read_people());
  create policy given on user_roles using (is_accounts() or has_scope('staff:write'));

  alter table credentials enable row level security, force row level security;
  create policy own on credentials using (is_viewer(user_id) or is_accounts());

  alter table user_profiles enable row level security, force row level security;
  create policy own on user_profiles using (is_viewer(user_id) or is_accounts());
  create policy seen on user_profiles for select using (may_read_people());

  alter table addresses enable row level security, force row level security;
  create policy own on addresses using (is_viewer(user_id) or is_accounts());
  create policy seen on addresses for select using (may_read_people());

  alter table sessions enable row level security, force row level security;
  create policy own on sessions using (is_viewer(user_id) or is_accounts());
  create policy seen on sessions for select using (may_read_people());
  create policy ended on sessions for update using (has_scope('staff:write'));

  alter table refresh_tokens enable row level security, force row level security;
  create policy served on refresh_tokens using (is_accounts());

  alter table known_places enable row level security, force row level security;
  create policy served on known_places using (is_accounts());

  alter table mail_tokens enable row level security, force row level security;
  create policy served on mail_tokens using (is_accounts());

  alter table reset_requests enable row level security, force row level security;
  create policy served on reset_requests using (is_accounts());

  alter table api_keys enable row level security, force row level security;
  create policy served on api_keys using (is_accounts() or has_scope('settings:write'));
`
