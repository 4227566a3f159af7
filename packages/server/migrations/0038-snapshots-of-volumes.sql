-- 0038-snapshots-of-volumes.sql
-- Snapshots belong to their volume: whose they are, and where they lie, is whose and where it is. Kept in a table of
-- their own: the release before this one takes every resource that hangs on a server for a volume or an address.
create table snapshots (
  id uuid primary key,
  volume_id uuid not null references resources,
  name text not null,
  state text not null check (state in ('taking', 'ready', 'removing', 'failed', 'removed')),
  size_gib integer not null,
  external_id text,
  created_at timestamptz not null,
  ended_at timestamptz  -- from then on it holds nothing
);
create index snapshots_volume on snapshots (volume_id, id) where ended_at is null;
