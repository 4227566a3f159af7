-- packages/server/src/modules/advice/history-store.ts

-- insertPastAdvice
insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters,
                    monthly_saving_yuan_e4, state, found_at, ended_at)
select x.id, x.kind, x."resourceId", x."resourceKind", x."organisationId", x."systemId", x.parameters,
       x."monthlySavingYuanE4", x.state, x."foundAt", x."endedAt"
from json_to_recordset(:(JSON.stringify(advice))::json) as x(
  id uuid, kind text, "resourceId" uuid, "resourceKind" text, "organisationId" uuid, "systemId" uuid,
  parameters jsonb, "monthlySavingYuanE4" bigint, state text, "foundAt" timestamptz, "endedAt" timestamptz)

-- packages/server/src/modules/advice/store.ts

-- columns
id, kind, resource_id, resource_kind, organisation_id, system_id, parameters, monthly_saving_yuan_e4,
state, found_at, ended_at, owner_person_id, due_on::text as due_on, outcome, request_id, done_by_request_id,
cost_yuan_e4, saved_yuan_e4, saved_from

-- insertAdvice
insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters,
  monthly_saving_yuan_e4, state, found_at, request_id, cost_yuan_e4)
values (:it.id, :it.kind, :it.resourceId, :it.resourceKind, :it.organisationId, :it.systemId,
        :(JSON.stringify(it.parameters)), :it.monthlySavingYuanE4, 'open', :it.foundAt, :it.requestId,
        :it.costYuanE4)
on conflict do nothing

-- lockVanished
select :columns from advice
where state in ('open', 'assigned') and resource_id > :after :(when(last, sql))
  and (kind, resource_id) not in (
    select x.kind, x."resourceId" from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x(kind text, "resourceId" uuid))
order by id for update

-- lockVanished
and resource_id <= :last

-- listAdvice
and state = :state

-- lockAdvice
select :columns from advice where id = :id and :(visible(scope, 'organisation_id')) for update

-- updateAdvice
update advice set state = :it.state, ended_at = :it.endedAt, owner_person_id = :it.ownerPersonId,
  overdue_at = case when due_on is distinct from :it.dueOn::date then null else overdue_at end,
  due_on = :it.dueOn::date, outcome = :it.outcome, done_by_request_id = :it.doneByRequestId,
  saved_yuan_e4 = :it.savedYuanE4, saved_from = :it.savedFrom
where id = :it.id

-- takeOverdue
update advice set overdue_at = :now
where id in (select id from advice where state = 'assigned' and overdue_at is null and due_on < :today::date
             order by due_on, id limit :limit for update skip locked)
returning :columns

-- putAsideOf
select kind, resource_id from advice
where state in ('dismissed', 'declined') and resource_id = any(:[...resourceIds]::uuid[])

-- summarise
select count(*) as found_count,
  count(*) filter (where state = 'open') as open_count,
  count(*) filter (where state = 'assigned') as assigned_count,
  count(*) filter (where state = 'assigned' and due_on < :it.today::date) as overdue_count,
  count(*) filter (where state = 'done') as done_count,
  count(*) filter (where state = 'settled') as settled_count,
  count(*) filter (where state in ('declined', 'dismissed')) as declined_count,
  coalesce(sum(monthly_saving_yuan_e4) filter (where state in ('open', 'assigned')), 0)::bigint
    as possible_monthly_yuan_e4,
  coalesce(sum(saved_yuan_e4) filter (where saved_from <= :it.now), 0)::bigint as saved_monthly_yuan_e4
from advice where organisation_id = :organisationId

-- countTasks
select count(*) as count, count(*) filter (where state = 'assigned' and due_on < :today::date) as overdue
from advice where state in ('open', 'assigned') and :(visible(scope, 'organisation_id'))
