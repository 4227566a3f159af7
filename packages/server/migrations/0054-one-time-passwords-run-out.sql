-- 0054-one-time-passwords-run-out.sql
-- A password that somebody gave who is not its person is good for a while only. Null: for good, as those of before are.
alter table people add column password_expires_at timestamptz;
