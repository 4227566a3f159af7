-- 0033-days-on-which-ends-are-told.sql
-- How many days before an end people are told of it is each operator's own; what lies in the recycle bin has an end too.
ALTER TABLE process_policies
  ADD COLUMN notice_days integer[] NOT NULL DEFAULT '{30,7,1}';

ALTER TABLE request_endings
  DROP CONSTRAINT request_endings_kind_check,
  ADD CONSTRAINT request_endings_kind_check CHECK (kind IN ('test', 'formal', 'purge'));
