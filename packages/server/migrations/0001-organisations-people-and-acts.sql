-- 0001-organisations-people-and-acts.sql
-- Who there is, who may do what, and the record of what they did.

create table installation (
  only_one boolean primary key default true check (only_one),
  code text not null check (code ~ '^[0-9a-hjkmnp-tv-z]{6}$'),  -- the middle of every mark we leave on clouds
  created_at timestamptz not null
);

-- Partitions are made ahead, a month each; the default partition only catches what a shifted clock writes.
create function ensure_month_partition(parent text, month date) returns void language plpgsql as $$
declare
  part text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
begin
  if to_regclass(part) is null then
    execute format(
      'create table if not exists %I partition of %I for values from (%L) to (%L)',
      part, parent, month::timestamp at time zone 'Asia/Shanghai',
      (month + interval '1 month')::timestamp at time zone 'Asia/Shanghai');
  end if;
exception when check_violation then
  null;  -- rows of that month already lie in the default partition; they are read just as well there
end $$;

-- The tree is a path of short labels, so that a subtree is a prefix and never an array of ids.
create table organisations (
  id uuid primary key,
  parent_id uuid references organisations,
  label bigint generated always as identity,
  path text collate "C" not null,
  name text not null,
  actor text not null,
  level text not null,
  division_code text not null,
  consolidates boolean not null default false,
  created_at timestamptz not null
);
-- With the id in it: the organisations of a subtree are gone through for every list that is asked by one.
create unique index organisations_path on organisations (path) include (id);
create index organisations_parent on organisations (parent_id, id);
create index organisations_actor on organisations (actor, id);
create unique index organisations_name on organisations (coalesce(parent_id, id), name) where parent_id is not null;

create table people (
  id uuid primary key,
  login text not null unique,
  name text not null,
  organisation_id uuid not null references organisations,
  password_hash text not null,
  must_change_password boolean not null,
  failures integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null
);
create index people_organisation on people (organisation_id, id);

create table grants (
  id uuid primary key,
  person_id uuid not null references people,
  role text not null,
  organisation_id uuid not null references organisations,
  reach text not null check (reach in ('own', 'subtree', 'all')),
  until timestamptz,
  created_at timestamptz not null
);
create index grants_person on grants (person_id, id);
create index grants_organisation on grants (organisation_id, id);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references people,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create index sessions_expiry on sessions (expires_at);

create table audit_entries (
  id uuid not null,
  at timestamptz not null,
  actor text not null,
  on_behalf_of text,
  operation text not null,
  target text not null,
  organisation_id uuid,
  address text,
  trace text not null,
  before jsonb,
  after jsonb,
  primary key (id, at)
) partition by range (at);
create table audit_entries_default partition of audit_entries default;
create index audit_entries_target on audit_entries (target, id);
create index audit_entries_operation on audit_entries (operation, id);
create index audit_entries_organisation on audit_entries (organisation_id, id);

-- A reader takes events in the order (xact, position) and stops below the oldest transaction still open,
-- so an event committed late is never skipped.
create table events (
  position bigint generated always as identity,
  xact xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  subject text not null,
  organisation_id uuid,
  data jsonb not null,
  primary key (position, at)
) partition by range (at);
create table events_default partition of events default;
create index events_order on events (xact, position);
create index events_organisation on events (organisation_id, xact, position);

create table idempotency_keys (
  person_id uuid not null,
  key text not null,
  operation text not null,
  body_hash bytea not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (person_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
