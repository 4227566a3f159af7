-- 0052-refused-attempts-in-the-audit-trail.sql
-- What somebody tried and may not do is on record as well. Null, as in every entry of before: it was done.
alter table audit_entries add column outcome text;
alter table audit_entries add constraint audit_entries_outcome check (outcome = 'refused') not valid;
create index audit_entries_refused on audit_entries (id) where outcome is not null;
