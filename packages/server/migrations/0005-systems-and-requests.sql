-- 0005-systems-and-requests.sql
-- Business systems, and the requests that walk the eight steps for them.

create table business_systems (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  security_grade integer not null,
  data_class text not null,
  recovery_mode text not null,
  zone text not null,
  created_at timestamptz not null,
  unique (organisation_id, name)
);

create index business_systems_organisation on business_systems (organisation_id, id);

create table service_requests (
  id uuid primary key,
  kind text not null check (kind in ('open', 'change', 'reclaim')),
  about_request_id uuid references service_requests,
  state text not null,
  organisation_id uuid not null references organisations,
  operator_organisation_id uuid not null references organisations,
  system_id uuid not null references business_systems,
  sent_by uuid references people,
  monthly_price_yuan_e4 bigint not null,
  approved_by_rule boolean not null default false,
  test_ends_at timestamptz,
  expires_at timestamptz,
  fault jsonb,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index service_requests_organisation on service_requests (organisation_id, id);
create index service_requests_operator on service_requests (operator_organisation_id, id);
create index service_requests_state on service_requests (state, id);
create index service_requests_kind on service_requests (kind, id);
create index service_requests_system on service_requests (system_id, id);
create index service_requests_about on service_requests (about_request_id) where about_request_id is not null;
create index service_requests_test_end on service_requests (test_ends_at) where state in ('testing', 'delivery-failed');
create index service_requests_expiry on service_requests (expires_at) where state = 'formal';

create table request_lines (
  id uuid primary key,
  request_id uuid not null references service_requests,
  position integer not null,
  plan_id uuid references plans,
  name text not null,
  quantity integer not null check (quantity between 1 and 100),
  image_name text,
  data_volume_gib integer not null default 0,
  public_address boolean not null default false,
  preferred_platform_id uuid references platforms,
  platform_id uuid references platforms,       -- where it was placed
  placement jsonb,                             -- why there
  resource_id uuid,                            -- change: what is changed
  resource_kind text,
  size_gib integer,                            -- change: the new size
  changes_from jsonb,                          -- change: what it was promised to be when this was asked for
  monthly_price_yuan_e4 bigint not null,
  unique (request_id, position)
);

-- Who has the move since when, and until when: a clock for both sides.
create table request_track (
  request_id uuid not null references service_requests,
  position integer not null,
  step text not null,
  state text not null,
  side text not null,
  moved_by text not null,
  remark text not null,
  started_at timestamptz not null,
  due_at timestamptz,
  ended_at timestamptz,
  primary key (request_id, position)
);

-- One row an operation that was started for a line; the last of a round to end moves the request on.
create table deliveries (
  operation_id uuid primary key references operations,
  request_id uuid not null references service_requests,
  line_id uuid not null references request_lines,
  round integer not null,
  outcome text check (outcome in ('succeeded', 'failed'))
);
create index deliveries_request on deliveries (request_id, round);
