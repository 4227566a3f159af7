-- 0049-grants-given-by-two.sql
-- An administrative post waits for a second security administrator. `until` alone says what a grant allows: that of a
-- grant that waits lies in the past, so that every query, and the release before this one, takes it for none.
alter table grants
  add column pending_until timestamptz,
  add column lasts_until timestamptz,
  add column asked_by_id uuid references people,
  add column confirmed_by_id uuid references people;

-- The few that wait are looked for among all.
create index grants_pending on grants (id) where pending_until is not null;
