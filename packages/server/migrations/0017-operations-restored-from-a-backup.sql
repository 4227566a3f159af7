-- 0017-operations-restored-from-a-backup.sql
-- After a restore an operation that was under way may have gone further than its journal says, on clouds that did not
-- go back in time with the database: each of its steps then looks for what is there before it makes anything.

alter table operations add column doubtful boolean not null default false;
