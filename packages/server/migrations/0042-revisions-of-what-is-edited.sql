-- 0042-revisions-of-what-is-edited.sql
-- Whoever edits says which revision they read: what somebody else wrote meanwhile is not overwritten unseen.
alter table data_centres add column revision integer not null default 1;
alter table links add column revision integer not null default 1;
alter table offerings add column revision integer not null default 1;
