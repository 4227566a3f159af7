-- packages/server/src/modules/metering/store.ts

-- openIntervals
insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id, phase, quantity, started_at)
select x.id, x."resourceId", x."resourceKind", x."resourceName", x."organisationId", x."systemId", x."componentId", x.phase,
       x.quantity, x."startedAt"
from jsonb_to_recordset(:(JSON.stringify(intervals))::jsonb) as x(
  id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, "organisationId" uuid, "systemId" uuid,
  "componentId" uuid, phase text, quantity bigint, "startedAt" timestamptz)
where not exists (select from usage_intervals u where u.resource_id = x."resourceId"
                  and u.component_id = x."componentId" and u.ended_at is null)
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
