-- 0031-power-schedules.sql
-- Servers that are stopped and started by the clock: the rule, and what its newest instant came to for each server.

create table power_schedules (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  system_id uuid not null references business_systems,
  server_id uuid references resources,  -- null: all servers of the system that have none of their own
  days jsonb not null,
  stop_at text not null,                -- 20:00, Asia/Shanghai
  start_at text not null,
  holds_from timestamptz not null,      -- instants up to it are none of it
  settled_to timestamptz not null,      -- the newest instant for which nothing is left to do
  revision integer not null,
  updated_at timestamptz not null,
  unique nulls not distinct (system_id, server_id)
);
create index power_schedules_organisation on power_schedules (organisation_id, id);

-- One row a server: it is written in the commit that asks, so nobody asks twice for one instant.
create table power_schedule_runs (
  schedule_id uuid not null references power_schedules on delete cascade,
  server_id uuid not null references resources,
  due_at timestamptz not null,
  request_id uuid references service_requests,  -- null: it could not be asked
  primary key (schedule_id, server_id)
);
