-- 0022-advice-as-tasks.sql
-- Advice becomes somebody's task until a day, and what it came to is counted.

alter table advice add column owner_person_id uuid references people;
alter table advice add column due_on date;                  -- Asia/Shanghai
alter table advice add column overdue_at timestamptz;       -- when it was told that the day has passed
alter table advice add column outcome text;                 -- the reason, where nothing was done
alter table advice add column request_id uuid references service_requests;           -- what delivered the resource
alter table advice add column done_by_request_id uuid references service_requests;   -- what resolved it
alter table advice add column cost_yuan_e4 bigint;          -- a month of the resource, when it was found
alter table advice add column saved_yuan_e4 bigint;         -- a month, by what it costs less since
alter table advice add column saved_from timestamptz;       -- the month after it took effect
alter table advice drop constraint advice_state_check;
alter table advice add constraint advice_state_check
  check (state in ('open', 'assigned', 'done', 'declined', 'dismissed', 'settled'));

-- A task is found again as little as what is open, and what was declined as little as what was dismissed.
drop index advice_open;
create unique index advice_standing on advice (resource_id, kind) where state in ('open', 'assigned');
drop index advice_dismissed;
create index advice_put_aside on advice (resource_id) where state in ('dismissed', 'declined');
create index advice_due on advice (due_on) where state = 'assigned' and overdue_at is null;
