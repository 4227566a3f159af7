-- 0004-catalogue.sql
-- What can be asked for, in which size, metered how, at what price since when.

create table components (
  id uuid primary key,
  code text not null unique,
  name text not null,
  measure text not null check (measure in ('vcpu', 'memory-gib', 'volume-gib', 'address')),
  created_at timestamptz not null
);

-- A price holds until the next of its component and phase; null ends it. Rows are added, never changed.
create table prices (
  id uuid primary key,
  component_id uuid not null references components,
  phase text not null check (phase in ('test', 'formal')),
  valid_from timestamptz not null,
  monthly_price_yuan_e4 bigint check (monthly_price_yuan_e4 >= 0),
  created_at timestamptz not null,
  unique (component_id, phase, valid_from)
);

create table offerings (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null,
  architecture text not null,
  image_names jsonb not null,
  metering jsonb not null,            -- measure -> component id
  approved_by_rule_up_to_vcpus integer not null,
  test_days integer not null,
  released boolean not null,
  created_at timestamptz not null
);

create table plans (
  id uuid primary key,
  offering_id uuid not null references offerings,
  code text not null unique,
  name text not null,
  vcpus integer not null,
  memory_mib integer not null,
  system_disk_gib integer not null,
  created_at timestamptz not null
);
create index plans_offering on plans (offering_id);
