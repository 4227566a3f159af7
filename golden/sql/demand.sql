-- packages/server/src/modules/demand/store.ts

-- columns
id, organisation_id, year, state, remark, lines, updated_at

-- lockPlanOf
select :columns from demand_plans where organisation_id = :organisationId and year = :year for update

-- lockPlan
select :columns from demand_plans where id = :id and :(visible(scope, 'organisation_id')) for update

-- findPlan
select :columns from demand_plans where id = :id and :(visible(scope, 'organisation_id'))

-- savePlan
insert into demand_plans (:columns)
values (:it.id, :it.organisationId, :it.year, :it.state, :it.remark, :(JSON.stringify(it.lines)), :it.updatedAt)
on conflict (organisation_id, year) do update
set state = excluded.state, remark = excluded.remark, lines = excluded.lines, updated_at = excluded.updated_at
returning :columns

-- holdPlans
select pg_advisory_xact_lock(hashtextextended(:(`demand ${organisationId}`), 0))

-- listPlans
and year = :year

-- plansOfYear
select :columns from demand_plans
where year = :year and state = any(:[...states]::text[]) and :(visible(scope, 'organisation_id'))
order by id
