-- packages/server/src/modules/metering/store.ts

-- openInterval
insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id, phase, quantity, started_at)
select :it.id, :it.resourceId, :it.resourceKind, :it.resourceName, :it.organisationId, :it.systemId, :it.componentId, :it.phase,
       :it.quantity, :it.startedAt
where not exists (select from usage_intervals where resource_id = :it.resourceId
                  and component_id = :it.componentId and ended_at is null)
on conflict do nothing

-- closeIntervals
update usage_intervals set ended_at = greatest(started_at, :at)
where resource_id = :resourceId and ended_at is null

-- listUsage
*

-- listUsage
:(when(filter.systemId, sql))
:(when(filter.resourceId, sql))

-- listUsage
and system_id = :filter.systemId

-- listUsage
and resource_id = :filter.resourceId

-- usageBetween
select * from usage_intervals
where organisation_id = :organisationId and started_at < :to
  and coalesce(ended_at, 'infinity') > :from
order by resource_id, component_id, phase, started_at
