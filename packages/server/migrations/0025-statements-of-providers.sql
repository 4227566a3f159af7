-- 0025-statements-of-providers.sql
-- What was used of each provider in a month, at its contract's prices, and who of the three parties has signed it.

-- A discount holds from its month until the next one begins; without any the list price is paid.
create table provider_discounts (
  provider_organisation_id uuid not null references organisations,
  valid_from text not null,           -- a month
  per_mille integer not null check (per_mille between 0 and 1000),
  primary key (provider_organisation_id, valid_from)
);

create table statements (
  id uuid primary key,
  provider_organisation_id uuid not null references organisations,
  month text not null,
  state text not null check (state in ('draft', 'disputed', 'confirmed', 'operator-signed', 'authority-signed', 'signed')),
  list_amount_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  per_mille integer not null,
  drafted_at timestamptz not null,
  unique (provider_organisation_id, month)
);
create index statements_provider on statements (provider_organisation_id, id);

create table statement_lines (
  statement_id uuid not null references statements,
  position integer not null,
  organisation_id uuid not null,
  system_id uuid,
  component_id uuid,
  component_name text not null,
  platform_id uuid not null,
  phase text,
  list_amount_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  primary key (statement_id, position)
);

create table statement_moves (
  statement_id uuid not null references statements,
  position integer not null,
  event text not null,
  by text not null,
  remark text not null,
  at timestamptz not null,
  primary key (statement_id, position)
);
