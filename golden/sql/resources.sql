-- packages/server/src/modules/resources/store.ts

-- insertResource
insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, request_id, line_id, plan_id,
                       metering, server_id, desired, expires_at, created_at)
values (:it.id, :it.kind, :it.name, 'planned', :it.organisationId, :it.systemId, :it.platformId,
        :it.requestId, :it.lineId, :it.planId, :(JSON.stringify(it.metering)), :it.serverId,
        :(JSON.stringify(it.desired)), :it.expiresAt, :it.createdAt)

-- findResource
select * from resources where id = :id and :(visible(scope, 'organisation_id'))

-- lockResource
select * from resources where id = :id and :(visible(scope, 'organisation_id')) for update

-- listResources
select * from resources where :(visible(scope, 'organisation_id'))
:(filter.state ? sql : sql)
:(when(filter.kind, sql))
:(when(filter.systemId, sql))
:(when(filter.platformId, sql))
:(when(filter.requestId, sql))
:(pageFrom(page))

-- listResources
and state = :filter.state

-- listResources
and ended_at is null

-- listResources
and kind = :filter.kind

-- listResources
and system_id = :filter.systemId

-- listResources
and platform_id = :filter.platformId

-- listResources
and request_id = :filter.requestId

-- liveResourcesOfRequest
select * from resources where request_id = :requestId and ended_at is null order by id for update

-- unitOf
select * from resources where id = :serverId or (server_id = :serverId and ended_at is null)
order by server_id nulls first, id

-- setState
update resources set state = :state, ended_at = :endedAt,
       busy_with = case when :(endedAt !== null) then null else busy_with end
where id = any(:[...ids]::uuid[])

-- setFailed
update resources set state = 'failed', ended_at = :endedAt, busy_with = null
where id = any(:[...ids]::uuid[]) and ended_at is null

-- saveMade
update resources set external_id = :it.externalId, observed = :(JSON.stringify(it.observed)),
       refs = refs || :(JSON.stringify(it.refs))::jsonb, observed_at = :it.at
where id = :it.id

-- saveRefs
update resources set refs = refs || :(JSON.stringify(refs))::jsonb where id = :id

-- saveDesired
update resources set desired = :(JSON.stringify(desired)), plan_id = coalesce(:planId, plan_id) where id = :id

-- setBusy
update resources set busy_with = :by where id = any(:[...ids]::uuid[])

-- setFree
update resources set busy_with = null where id = any(:[...ids]::uuid[]) and busy_with = :by

-- saveObserved
update resources set observed = :(JSON.stringify(observed)), observed_at = :at
where platform_id = :platformId and kind = :kind and external_id = :externalId and ended_at is null

-- heldOn
select id, kind, external_id from resources where platform_id = :platformId and ended_at is null

-- leaveProject
update resources set refs = refs || '{"left": true}' where id = any(:[...leaving]::uuid[])

-- leaveProject
select id from resources where system_id = :systemId and platform_id = :platformId and ended_at is null
and not refs ? 'left' limit 1

-- listOrphans
select platform_id, kind, external_id, mark, name, found_at from orphans
where :(visible(scope, 'organisation_id')) :(when(platformId, sql))
order by found_at, external_id limit 500

-- listOrphans
and platform_id = :platformId

-- replaceOrphans
delete from orphans where platform_id = :platform.id
and (kind, external_id) not in (select x.kind, x."externalId"
  from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x(kind text, "externalId" text))

-- replaceOrphans
insert into orphans (platform_id, organisation_id, kind, external_id, mark, name, found_at)
select :platform.id, :platform.organisationId, x.kind, x."externalId", x.mark, x.name, :at
from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x(kind text, "externalId" text, mark text, name text)
on conflict do nothing

-- resourcesInUse
select * from resources where ended_at is null and state in ('test', 'formal') order by id
