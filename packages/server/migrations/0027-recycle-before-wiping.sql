-- 0027-recycle-before-wiping.sql
-- What was formal lies in the recycle bin for a time before it is wiped, and what was wiped is recorded.

alter table service_requests
  add column grace_ends_at timestamptz, -- past its end, running still, until then
  add column purge_at timestamptz;      -- in the recycle bin until then
create index service_requests_purge on service_requests (purge_at) where purge_at is not null;

alter table resources drop constraint resources_state_check;
alter table resources add constraint resources_state_check
  check (state in ('planned', 'building', 'test', 'formal', 'recycled', 'reclaiming', 'reclaimed', 'failed'));

-- False in the recycle bin: the pool still holds the capacity, nobody's quota counts it.
alter table reservations add column counted boolean not null default true;

-- How long an operator's process waits; what is absent takes the default.
create table process_policies (
  organisation_id uuid primary key references organisations,
  grace_days integer not null check (grace_days between 0 and 365),
  recycle_days integer not null check (recycle_days between 0 and 365)
);

-- Written in the commit that lets go of what was deleted and seen to be absent. Never changed.
create table wipe_records (
  id uuid primary key,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  size jsonb not null,
  organisation_id uuid not null references organisations,
  system_id uuid not null references business_systems,
  platform_id uuid not null references platforms,
  external_id text not null,
  method text not null,
  operation_id uuid not null,
  wiped_by text not null,
  wiped_at timestamptz not null,
  evidence jsonb not null
);
create index wipe_records_organisation on wipe_records (organisation_id, id);
create index wipe_records_system on wipe_records (system_id, id);
