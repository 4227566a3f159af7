-- 0056-identity-providers.sql
-- People who sign on elsewhere (ADR 0034): by OpenID Connect, a directory, or a certificate.
create table identity_providers (
  id uuid primary key,
  code text not null unique,
  name text not null,
  settings jsonb not null,
  claims jsonb not null,
  secret text,
  rules jsonb not null,
  enabled boolean not null default false,
  revision integer not null default 1,
  created_at timestamptz not null
);

-- A person is known to a provider by a subject that never changes hands, not by a name.
create table identity_links (
  provider_id uuid not null references identity_providers on delete cascade,
  subject text not null,
  person_id uuid not null references people,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (provider_id, subject)
);
create unique index identity_links_of_people on identity_links (person_id, provider_id);

-- Log-ins that wait for their issuer: taken once, by the browser that has the secret.
create table sign_ons (
  state_hash bytea primary key,
  secret_hash bytea not null,
  provider_id uuid not null references identity_providers on delete cascade,
  provider_revision integer not null,
  nonce text not null,
  verifier text not null,
  redirect_uri text not null,
  expires_at timestamptz not null
);
create index sign_ons_by_end on sign_ons (expires_at);

-- How a session was begun, and by what its issuer calls it.
alter table sessions add column provider_id uuid references identity_providers on delete cascade;
alter table sessions add column issuer_subject text;
alter table sessions add column issuer_session text;
create index sessions_of_providers on sessions (provider_id, issuer_subject) where provider_id is not null;

-- Grants that follow what a provider claims; those that people gave have none.
alter table grants add column provider_id uuid references identity_providers on delete cascade;
create index grants_of_providers on grants (provider_id, person_id) where provider_id is not null;
