-- 0039-lines-by-what-they-change.sql
-- A resource's page shows the requests about it.
create index request_lines_resource on request_lines (resource_id) where resource_id is not null;
