-- packages/server/src/modules/advice/store.ts

-- insertAdvice
insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters, monthly_saving_yuan_e4, state, found_at)
values (:it.id, :it.kind, :it.resourceId, :it.resourceKind, :it.organisationId, :it.systemId,
        :(JSON.stringify(it.parameters)), :it.monthlySavingYuanE4, 'open', :it.foundAt)
on conflict do nothing

-- settleOthers
update advice set state = 'settled', ended_at = :now
where state = 'open' and resource_id > :after :(when(last, sql))
  and (kind, resource_id) not in (
    select x.kind, x."resourceId" from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x(kind text, "resourceId" uuid))

-- settleOthers
and resource_id <= :last

-- listAdvice
*

-- listAdvice
and state = :state

-- dismissAdvice
update advice set state = 'dismissed', ended_at = :now
where id = :id and state = 'open' and :(visible(scope, 'organisation_id')) returning *

-- dismissedOf
select kind, resource_id from advice where state = 'dismissed' and resource_id = any(:[...resourceIds]::uuid[])
