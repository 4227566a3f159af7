-- 0040-look-through-the-audit-trail.sql
-- Auditors ask who did what, and what else came of the same call; operators, how one kind of work went.
create index audit_entries_actor on audit_entries (actor, id);
create index audit_entries_trace on audit_entries (trace, id);
create index operations_saga on operations (saga, id);
