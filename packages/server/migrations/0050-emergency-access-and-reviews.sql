-- 0050-emergency-access-and-reviews.sql
-- A grant for emergencies sleeps: its `until` lies in the past but for the hours for which its person has woken it, and
-- `lasts_until` says how long it can be woken. The release before sees what is awake, and nothing else.
alter table grants
  add column emergency boolean not null default false,
  add column awake_reason text,
  add column last_used_at timestamptz,
  add column reviewed_at timestamptz,
  add column reviewed_by_id uuid references people;

-- What was done by a grant that was woken, and could not have been done without it.
alter table audit_entries add column emergency_grant_id uuid;
