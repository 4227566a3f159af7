-- 0020-budgets.sql
-- What an organisation may spend in a year or a month, of all or on one system or component, and who was warned.

create table budgets (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  system_id uuid references business_systems,
  component_id uuid references components,
  period text not null,               -- 2026 or 2026-11
  amount_yuan_e4 bigint not null check (amount_yuan_e4 >= 0),
  hard boolean not null,
  warning_percents jsonb not null,
  updated_at timestamptz not null,
  unique nulls not distinct (organisation_id, period, system_id, component_id)
);
create index budgets_period on budgets (period, id);

-- One row a level that was reached: it is told once.
create table budget_warnings (
  budget_id uuid not null references budgets on delete cascade,
  percent integer not null,
  spent_yuan_e4 bigint not null,
  warned_at timestamptz not null,
  primary key (budget_id, percent)
);
