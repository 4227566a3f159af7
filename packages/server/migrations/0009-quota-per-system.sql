-- 0009-quota-per-system.sql
-- A business system may have a quota of its own beside its organisation's: one commit checks and takes both.

create table system_quotas (
  system_id uuid not null references business_systems,
  measure text not null,
  quota_limit bigint not null check (quota_limit >= 0),
  held bigint not null default 0 check (held >= 0),
  primary key (system_id, measure)
);

-- Null where the release before this one wrote the row: it counts for the organisation alone.
alter table reservations add column system_id uuid;
update reservations v set system_id = r.system_id from resources r where r.id = v.resource_id;
create index reservations_system on reservations (system_id) where system_id is not null;
