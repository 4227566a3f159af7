-- 0015-close-months-by-the-calendar.sql
-- Months close by themselves; what was wrong in a closed one is corrected by a line of the open one.

create table closing_policies (
  only_one boolean primary key default true check (only_one),
  day_kind text not null check (day_kind in ('calendar-day', 'working-day')),
  day integer not null check (day between 1 and 20),
  hour integer not null check (hour between 0 and 23)
);
insert into closing_policies (day_kind, day, hour) values ('calendar-day', 5, 2);

-- Where it was used: the statement of its provider is made of it. Null where the release before this one closed it.
alter table bill_lines add column platform_id uuid;
update bill_lines l set platform_id = r.platform_id from resources r where r.id = l.resource_id;
create index bill_lines_platform on bill_lines (platform_id, bill_id);

create index bills_organisation on bills (organisation_id, id);
create index bills_month on bills (month, id);

-- Signed lines about closed bills. `bill_id` is null until the month they were put into closes.
create table bill_corrections (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  month text not null,
  bill_id uuid references bills,
  corrects_bill_id uuid not null references bills,
  corrects_month text not null,
  corrects_position integer,
  system_id uuid,
  component_id uuid,
  platform_id uuid,
  amount_yuan_e4 bigint not null check (amount_yuan_e4 <> 0 and amount_yuan_e4 % 100 = 0),
  reason text not null,
  corrected_by text not null,
  created_at timestamptz not null
);
create index bill_corrections_open on bill_corrections (organisation_id) where bill_id is null;
create index bill_corrections_bill on bill_corrections (bill_id);
create index bill_corrections_corrected on bill_corrections (corrects_bill_id);
