-- 0003-nodes-and-platforms.sql
-- Where clouds stand, how each is reached, and what capacity it has.

create table cloud_nodes (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null,
  division_code text not null,
  operator_organisation_id uuid not null references organisations,
  created_at timestamptz not null
);

create table data_centres (
  id uuid primary key,
  node_id uuid not null references cloud_nodes,
  code text not null unique,
  name text not null,
  role text not null,
  longitude double precision not null,
  latitude double precision not null,
  created_at timestamptz not null
);
create index data_centres_node on data_centres (node_id);

create table platforms (
  id uuid primary key,
  data_centre_id uuid not null references data_centres,
  organisation_id uuid not null references organisations,
  code text not null unique,
  name text not null,
  driver text not null,
  endpoint text not null,
  settings jsonb not null,
  credential text not null,           -- sealed: suite.key.nonce.data.mac
  security_grade integer not null,
  architecture text not null,
  vcpu_overselling double precision not null,
  state text not null check (state in ('unprobed', 'online', 'unreachable', 'refused')),
  product text,
  version text,
  capabilities jsonb not null default '{}',
  missing_permissions jsonb not null default '[]',
  image_names jsonb,                  -- null: cannot be seen
  probed_at timestamptz,
  created_at timestamptz not null
);
create index platforms_data_centre on platforms (data_centre_id);

-- physical: as seen; promised: the sum of what reservations hold, re-checked in the very statement that takes more.
create table pools (
  id uuid primary key,
  platform_id uuid not null references platforms,
  architecture text not null,
  hosts integer,                      -- null: hosts cannot be seen
  vcpus_physical integer not null,
  vcpus_sellable integer not null,
  vcpus_promised integer not null default 0 check (vcpus_promised >= 0),
  memory_mib_physical bigint not null,
  memory_mib_sellable bigint not null,
  memory_mib_promised bigint not null default 0 check (memory_mib_promised >= 0),
  observed_at timestamptz not null,
  unique (platform_id, architecture)
);
