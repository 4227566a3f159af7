-- 0016-approval-routes-delegation-and-collections.sql
-- Who decides is data, and is copied when something is sent: what is under way keeps the route it was sent on.

create table approval_routes (
  id uuid primary key,
  code text not null unique,
  operator_organisation_id uuid references organisations,  -- null: of the whole province
  name text not null,
  position integer not null,
  conditions jsonb not null,
  stages jsonb not null,
  withdrawn_at timestamptz,
  revision integer not null default 1,
  created_at timestamptz not null
);
create index approval_routes_in_force on approval_routes (position, id) where withdrawn_at is null;

-- One round a sending; a request or a collection is the subject.
create table approval_stages (
  subject_id uuid not null,
  subject_kind text not null check (subject_kind in ('request', 'collection')),
  organisation_id uuid not null references organisations,           -- whose it is
  operator_organisation_id uuid not null references organisations,
  sent_by uuid references people,
  round integer not null,
  position integer not null,
  name text not null,
  parties jsonb not null,             -- as the route names them; seats are made when the stage opens
  needs text not null check (needs in ('any', 'all')),
  limit_minutes integer not null,
  escalate_to text,
  state text not null check (state in ('waiting', 'open', 'agreed', 'ended')),
  due_at timestamptz,
  escalated_at timestamptz,
  ended_at timestamptz,
  primary key (subject_id, round, position)
);
-- What is past its time, or was left without anybody to decide: looked for every minute.
create index approval_stages_open on approval_stages (due_at) where state = 'open' and escalated_at is null;

create table approval_seats (
  subject_id uuid not null,
  round integer not null,
  stage integer not null,
  position integer not null,
  party text not null,
  organisation_id uuid not null references organisations,
  escalated boolean not null default false,
  decided_by uuid references people,
  by_login text,
  decided_for uuid references people, -- who had delegated it
  for_login text,
  verdict text check (verdict in ('agreed', 'returned', 'rejected')),
  remark text not null default '',
  ended_at timestamptz,               -- decided, or no longer needed
  primary key (subject_id, round, stage, position)
);
create index approval_seats_waiting on approval_seats (organisation_id, subject_id) where ended_at is null;

create table delegations (
  id uuid primary key,
  person_id uuid not null references people,
  delegate_id uuid not null references people,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  ended_at timestamptz,
  reason text not null,
  created_at timestamptz not null
);
create index delegations_person on delegations (person_id, id);
create index delegations_delegate on delegations (delegate_id, id);

-- Days that differ from the week and from the holidays that are shipped.
create table working_days (
  day date primary key,
  working boolean not null,
  source text not null
);

-- What a county bureau sends to the city as one: an envelope around requests, which keep all that is theirs.
create table collections (
  id uuid primary key,
  name text not null,
  bureau_organisation_id uuid not null references organisations,
  operator_organisation_id uuid not null references organisations,
  state text not null,
  sent_by uuid references people,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index collections_bureau on collections (bureau_organisation_id, id);
create index collections_state on collections (state, id);

alter table service_requests
  add column bureau_organisation_id uuid references organisations,  -- where it waits before it goes to the city
  add column collection_id uuid references collections;
create index service_requests_collection on service_requests (collection_id) where collection_id is not null;

alter table request_lines
  add column outcome text check (outcome in ('refused', 'dropped')),  -- asked for, and given up since
  add column asked_quantity integer;                                  -- where part of it was given up
