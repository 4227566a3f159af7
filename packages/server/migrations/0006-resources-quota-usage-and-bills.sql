-- 0006-resources-quota-usage-and-bills.sql
-- What is held, what it was promised to be, what the cloud shows, and what it costs.

-- One project (tenant) for each business system on each platform it uses, with its network.
create table projects (
  id uuid primary key,
  system_id uuid not null references business_systems,
  platform_id uuid not null references platforms,
  state text not null check (state in ('live', 'retiring')),
  project_ref jsonb,                  -- the driver's ProjectRef once made
  network_ref jsonb,                  -- the driver's NetworkRef once made
  quota jsonb,                        -- as last given to the cloud
  busy_with uuid,                     -- the operation that makes or retires it; others wait
  suspect boolean not null default false,  -- such an operation ended badly: look on the cloud before making
  created_at timestamptz not null,
  unique (system_id, platform_id)
);

create table resources (
  id uuid primary key,
  kind text not null check (kind in ('server', 'volume', 'network', 'address')),
  name text not null,
  state text not null check (state in ('planned', 'building', 'test', 'formal', 'reclaiming', 'reclaimed', 'failed')),
  organisation_id uuid not null references organisations,
  system_id uuid not null references business_systems,
  platform_id uuid not null references platforms,
  request_id uuid references service_requests,
  line_id uuid references request_lines,
  plan_id uuid references plans,
  metering jsonb not null,            -- measure -> component id, as when it was ordered
  server_id uuid references resources,   -- volume, address: whose they are
  desired jsonb not null,
  observed jsonb,
  external_id text,
  refs jsonb not null default '{}',   -- what the driver needs to reach it: port and the like
  busy_with uuid,                     -- the request that changes it, from its sending on; others wait
  changed_by uuid,                    -- the operation that last set out to change it
  observed_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz
);
-- Lists run down one of these, the newest first: `id` follows whatever is filtered by. Of an organisation’s rows the index
-- itself tells which are wanted, so that those of a thousand organisations are not fetched for a page of fifty.
create index resources_organisation on resources (organisation_id, id) include (state, kind, platform_id, ended_at);
create index resources_live on resources (id) where ended_at is null;
create index resources_state on resources (state, id);
create index resources_kind on resources (kind, id) where ended_at is null;
create index resources_place on resources (platform_id, id) where ended_at is null;
create index resources_system on resources (system_id, id);
create index resources_platform on resources (platform_id, kind, external_id);
create index resources_request on resources (request_id, id);
create index resources_server on resources (server_id) where server_id is not null;

create table quotas (
  organisation_id uuid not null references organisations,
  measure text not null,
  quota_limit bigint not null check (quota_limit >= 0),
  held bigint not null default 0 check (held >= 0),
  primary key (organisation_id, measure)
);

-- What each resource holds of quota and pool from its approval until it is gone. Written in the commit
-- that starts the saga, so each has somebody who will end it.
create table reservations (
  resource_id uuid primary key,
  organisation_id uuid not null references organisations,
  pool_id uuid not null references pools,
  vcpus integer not null,
  memory_mib bigint not null,
  volume_gib integer not null,
  addresses integer not null
);
create index reservations_organisation on reservations (organisation_id);

create table usage_intervals (
  id uuid not null,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  organisation_id uuid not null,
  system_id uuid not null,
  component_id uuid not null,
  phase text not null,
  quantity bigint not null check (quantity > 0),
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  primary key (id, started_at),
  unique (resource_id, component_id, phase, started_at)
) partition by range (started_at);
create table usage_intervals_default partition of usage_intervals default;
create index usage_intervals_organisation on usage_intervals (organisation_id, id);
create index usage_intervals_system on usage_intervals (system_id, id);
-- A bill reads what had not ended before its month: this month's, and never the years before.
create index usage_intervals_end on usage_intervals (organisation_id, (coalesce(ended_at, 'infinity')));
create index usage_intervals_open on usage_intervals (resource_id) where ended_at is null;

create table bills (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  month text not null,
  amount_yuan_e4 bigint not null,
  closed_at timestamptz not null,
  unique (organisation_id, month)
);

create table bill_lines (
  bill_id uuid not null references bills,
  position integer not null,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  system_id uuid not null,
  component_id uuid not null,
  component_name text not null,
  measure text not null,
  phase text not null,
  quantity bigint not null,
  seconds bigint not null,
  held_until timestamptz not null,
  month_seconds bigint not null,
  monthly_price_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  primary key (bill_id, position)
);
-- Which closed bills a new price would have changed.
create index bill_lines_component on bill_lines (component_id, phase, held_until);

create table advice (
  id uuid primary key,
  kind text not null,
  resource_id uuid not null references resources,
  resource_kind text not null,
  organisation_id uuid not null references organisations,
  system_id uuid not null references business_systems,
  parameters jsonb not null,
  monthly_saving_yuan_e4 bigint not null,
  state text not null check (state in ('open', 'dismissed', 'settled')),
  found_at timestamptz not null,
  ended_at timestamptz
);
create unique index advice_open on advice (resource_id, kind) where state = 'open';
create index advice_dismissed on advice (resource_id) where state = 'dismissed';
create index advice_state on advice (state, id);
create index advice_organisation on advice (organisation_id, id);

-- Rises with every edit of a platform: whoever read the row earlier knows that it is older.
alter table platforms add column revision bigint not null default 1;

-- How fresh what is known of one kind on a platform is.
create table observations (
  platform_id uuid not null references platforms,
  kind text not null,
  listed_at timestamptz,              -- begin of the last complete listing; null: never yet
  fault jsonb,                        -- why the newest one was not complete; null when it was
  primary key (platform_id, kind)
);

-- Things on a cloud that carry our mark and belong to nothing we know; listed for the operator.
create table orphans (
  platform_id uuid not null references platforms,
  organisation_id uuid not null references organisations,
  kind text not null,
  external_id text not null,
  mark text not null,
  name text not null,
  found_at timestamptz not null,
  primary key (platform_id, kind, external_id)
);
