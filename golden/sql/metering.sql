-- packages/server/src/modules/metering/history-store.ts

-- insertIntervals
insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id,
                             component_id, phase, quantity, started_at, ended_at)
select x.id, x."resourceId", x."resourceKind", x."resourceName", x."organisationId", x."systemId",
       x."componentId", x.phase, x.quantity, x."startedAt", x."endedAt"
from json_to_recordset(:(JSON.stringify(intervals))::json) as x(
  id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, "organisationId" uuid, "systemId" uuid,
  "componentId" uuid, phase text, quantity bigint, "startedAt" timestamptz, "endedAt" timestamptz)

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
where resource_id = any(:[...resourceIds]::uuid[]) and ended_at is null

-- listUsage
*

-- listUsage
:(when(filter.systemId, sql))
:(when(filter.resourceId, sql))
:(when(filter.before, sql))
:(when(filter.from, sql))

-- listUsage
and system_id = :filter.systemId

-- listUsage
and resource_id = :filter.resourceId

-- listUsage
and started_at < :filter.before

-- listUsage
and coalesce(ended_at, 'infinity') > :filter.from

-- usageBetween
select * from usage_intervals
where organisation_id = :organisationId and started_at < :to
  and coalesce(ended_at, 'infinity') > :from
order by resource_id, component_id, phase, started_at

-- holders
with recursive holder as (
  select null::uuid as organisation_id, 0 as nth
  union all
  select (select u.organisation_id from usage_intervals u
          where u.organisation_id > coalesce(h.organisation_id, :after::uuid)
          order by u.organisation_id limit 1), h.nth + 1
  from holder h where h.nth < :limit and (h.nth = 0 or h.organisation_id is not null))
select organisation_id from holder where organisation_id is not null

-- firstUse
select min(started_at) as started_at from usage_intervals where organisation_id = :organisationId

-- openOf
select resource_id, component_id, phase, quantity from usage_intervals
where ended_at is null and resource_id = any(:[...resourceIds]::uuid[])
