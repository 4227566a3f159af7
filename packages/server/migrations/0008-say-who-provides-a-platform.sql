-- 0008-say-who-provides-a-platform.sql
-- A platform is operated by the organisation of its node and supplied by a cloud provider under contract: statements,
-- comparisons and the supervision of overselling are about the latter. Null where nobody supplies it: a department's
-- own room.
alter table platforms add column provider_organisation_id uuid references organisations (id);

create index platforms_provider on platforms (provider_organisation_id) where provider_organisation_id is not null;
