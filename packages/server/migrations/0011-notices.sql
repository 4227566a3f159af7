-- 0011-notices.sql
-- People hear of what happened without asking: notices that follow the event stream.

-- How far a reader of the stream has come who keeps the place here. Only the position: the order's other half, the
-- transaction's id, is the event's own and changes with it when a dump is restored elsewhere.
create table event_places (
  reader text primary key,
  position bigint not null
);

-- Code and parameters, never text. One event tells one person once.
create table notices (
  id uuid primary key,
  person_id uuid not null references people,
  event_position bigint not null,
  code text not null,
  parameters jsonb not null,
  subject text not null,
  fault jsonb,
  organisation_id uuid references organisations,   -- where the event happened
  at timestamptz not null,                         -- when the event happened
  created_at timestamptz not null,
  read_at timestamptz,
  unique (event_position, person_id)
);
create index notices_person on notices (person_id, id);
create index notices_unread on notices (person_id, id) where read_at is null;
create index notices_age on notices (created_at);

-- Of which end, and how many days before, people were told last; a request that is prolonged has another end.
create table request_endings (
  request_id uuid not null references service_requests,
  kind text not null check (kind in ('test', 'formal')),
  ends_at timestamptz not null,
  days integer not null,
  primary key (request_id, kind)
);
