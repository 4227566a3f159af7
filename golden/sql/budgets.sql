-- packages/server/src/modules/budgets/store.ts

-- columns
id, organisation_id, system_id, component_id, period, amount_yuan_e4, hard, warning_percents, updated_at

-- holdBudgets
select pg_advisory_xact_lock(hashtextextended(:(`budgets ${organisationId}`), 0))

-- saveBudget
insert into budgets (:columns)
values (:it.id, :it.organisationId, :it.systemId, :it.componentId, :it.period, :it.amountYuanE4,
        :it.hard, :(JSON.stringify(it.warningPercents)), :it.updatedAt)
on conflict (organisation_id, period, system_id, component_id) do update
set amount_yuan_e4 = excluded.amount_yuan_e4, hard = excluded.hard,
    warning_percents = excluded.warning_percents, updated_at = excluded.updated_at
returning :columns

-- listBudgets
select :columns from budgets where organisation_id = :organisationId
:(when(year, sql)) order by period, id

-- listBudgets
and left(period, 4) = :year

-- budgetsOf
select :columns from budgets
where organisation_id = :organisationId and period = any(:[...periods]::text[]) order by id

-- budgeted
select distinct organisation_id from budgets
where period = any(:[...periods]::text[]) and organisation_id > :after
order by organisation_id limit :limit

-- deleteBudget
delete from budgets where id = :id and :(visible(scope, 'organisation_id')) returning :columns

-- insertWarning
insert into budget_warnings (budget_id, percent, spent_yuan_e4, warned_at)
select id, :it.percent, :it.spentYuanE4, :it.warnedAt from budgets where id = :it.budgetId
on conflict do nothing

-- forgetWarnings
delete from budget_warnings where budget_id = :budgetId and percent <> all(:[...reached]::integer[])
