-- 0023-organisations-that-end.sql
-- Counties are merged and bureaus dissolved; what they did stays theirs to be read.

alter table organisations
  add column ended_at timestamptz,
  add column successor_id uuid references organisations;
