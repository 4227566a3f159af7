-- 0002-operations.sql
-- An operation is its own journal: where a saga stands, what each step made, who works on it until when.

create table operations (
  id uuid primary key,
  saga text not null,
  input jsonb not null,
  organisation_id uuid not null references organisations,
  subject text,
  started_by jsonb not null,          -- the act that decided it: caller, on whose behalf, trace
  state text not null check (state in ('queued', 'running', 'undoing', 'succeeded', 'failed', 'failed-with-residue')),
  position integer not null default 0,
  fault jsonb,
  residue jsonb not null default '[]',
  retakes integer not null default 0, -- how often taking back what was left has been tried again
  lease_owner text,
  lease_until timestamptz,            -- by the database's clock; everything else is business time
  created_at timestamptz not null,
  ended_at timestamptz
);
create index operations_unfinished on operations (created_at) where ended_at is null;
create index operations_residue on operations (ended_at) where state = 'failed-with-residue';
create index operations_organisation on operations (organisation_id, id);
create index operations_state on operations (state, id);
create index operations_subject on operations (subject, id);

create table operation_steps (
  operation_id uuid not null references operations on delete cascade,
  position integer not null,
  name text not null,
  state text not null check (state in ('running', 'done', 'failed', 'undone', 'residue')),
  attempts integer not null default 0,
  takeovers integer not null default 0, -- how often another process, or a later start, went on with it
  since timestamptz,                  -- first call; stored before it is made
  handle text,                        -- the cloud's id of what is being made
  output jsonb,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (operation_id, position)
);
