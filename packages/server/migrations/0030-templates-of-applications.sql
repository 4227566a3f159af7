-- 0030-templates-of-applications.sql
-- Whole applications under one name: parts with their plans, ordered as one request. Each line that was made of one
-- keeps which, as it was called then: a template may be edited the next day.

create table templates (
  id uuid primary key,
  organisation_id uuid references organisations, -- null: the catalogue's own
  name text not null,
  description text not null,
  state text not null check (state in ('draft', 'released', 'withdrawn')),
  parts jsonb not null,
  revision integer not null,
  updated_at timestamptz not null
);
create index templates_organisation on templates (organisation_id, id);

alter table request_lines add column template jsonb;
