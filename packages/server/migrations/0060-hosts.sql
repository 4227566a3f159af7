-- 0060-hosts.sql
-- What a cloud shows of its hosts was summed into pools and forgotten (ADR 0037): placement chooses among hosts, and
-- people look for the one that is full. A host is what was seen last; it is the cloud's and owned with its platform.
create table hosts (
  id uuid primary key,
  pool_id uuid not null references pools (id) on delete cascade,
  ref text not null,
  name text not null,
  in_order boolean not null,
  native_state text not null,
  vcpus integer not null check (vcpus >= 0),
  vcpus_used integer not null check (vcpus_used >= 0),
  memory_mib bigint not null check (memory_mib >= 0),
  memory_mib_used bigint not null check (memory_mib_used >= 0),
  zone text,
  aggregates text[] not null default '{}',
  unique (pool_id, ref)
);
