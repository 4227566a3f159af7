-- 0026-demand-plans.sql
-- What departments say they will need in a coming year, ahead of their requests.

create table demand_plans (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  year integer not null,
  state text not null check (state in ('draft', 'submitted', 'returned', 'accepted')),
  remark text not null,
  lines jsonb not null,               -- quarter, offering, measure, quantity
  updated_at timestamptz not null,
  unique (organisation_id, year)
);
create index demand_plans_organisation on demand_plans (organisation_id, id);
create index demand_plans_year on demand_plans (year, id);
