-- 0013-changes-are-data.sql
-- What a change asks for is one value of its kind; plan_id, size_gib and changes_from stay for lines written before.
alter table request_lines add column change jsonb;

-- Whatever a request keeps busy is freed in one statement.
create index resources_busy on resources (busy_with) where busy_with is not null;
