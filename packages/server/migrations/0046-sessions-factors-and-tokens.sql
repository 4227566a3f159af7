-- 0046-sessions-factors-and-tokens.sql
-- What a log-in proves, and what may act without one: see ADR 0031.
alter table people
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column ended_at timestamptz,
  add column password_changed_at timestamptz;

-- Passwords that are not taken again.
create table past_passwords (
  person_id uuid not null references people (id),
  replaced_at timestamptz not null,
  password_hash text not null,
  primary key (person_id, replaced_at)
);

alter table sessions
  add column last_used_at timestamptz,
  add column address text,
  add column agent text,
  -- With which a second factor came at the log-in, and when one was last proven.
  add column factor_at timestamptz,
  add column proven_at timestamptz,
  -- Requests that were under way when the token was replaced still carry the one before.
  add column previous_token_hash bytea,
  add column previous_until timestamptz,
  add column challenge text,
  add column challenge_until timestamptz;
create unique index sessions_previous on sessions (previous_token_hash) where previous_token_hash is not null;

create table second_factors (
  id uuid primary key,
  person_id uuid not null references people (id),
  kind text not null check (kind in ('totp', 'passkey')),
  name text not null,
  -- TOTP: the sealed secret, and the last step whose code was good.
  secret text,
  last_step bigint,
  -- Passkey: as WebAuthn names and counts it.
  credential_id text unique,
  public_key bytea,
  counter bigint,
  transports text[],
  created_at timestamptz not null,
  -- Null until its first code was right.
  confirmed_at timestamptz,
  last_used_at timestamptz,
  check ((kind = 'totp') = (secret is not null)),
  check ((kind = 'passkey') = (credential_id is not null and public_key is not null and counter is not null))
);
create index second_factors_person on second_factors (person_id, id);

create table api_tokens (
  id uuid primary key,
  person_id uuid not null references people (id),
  name text not null,
  token_hash bytea not null unique,
  operations text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz
);
create index api_tokens_person on api_tokens (person_id, id);

create table identity_policy (
  singleton boolean primary key default true check (singleton),
  settings jsonb not null,
  revision integer not null
);
