-- packages/server/src/modules/resources/history-store.ts

-- insertPastResources
insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, request_id, line_id, plan_id,
                       metering, server_id, desired, observed, external_id, refs, observed_at, expires_at,
                       created_at, ended_at)
select x.id, x.kind, x.name, x.state, x."organisationId", x."systemId", x."platformId", x."requestId", x."lineId",
       x."planId", x.metering, x."serverId", x.desired, x.observed, x."externalId", x.refs, x."observedAt",
       x."expiresAt", x."createdAt", x."endedAt"
from json_to_recordset(:(JSON.stringify(resources))::json) as x(
  id uuid, kind text, name text, state text, "organisationId" uuid, "systemId" uuid, "platformId" uuid,
  "requestId" uuid, "lineId" uuid, "planId" uuid, metering jsonb, "serverId" uuid, desired jsonb, observed jsonb,
  "externalId" text, refs jsonb, "observedAt" timestamptz, "expiresAt" timestamptz, "createdAt" timestamptz,
  "endedAt" timestamptz)

-- packages/server/src/modules/resources/name-store.ts

-- lockNames
select pg_advisory_xact_lock(hashtextextended(:(`names ${systemId}`), 0))

-- isNameTaken
select id from resources where system_id = :systemId and kind = :kind and name = :name and id <> :id
and ended_at is null :(when(serverId, sql)) limit 1

-- isNameTaken
and server_id = :serverId

-- saveName
update resources set name = :name where id = :id

-- packages/server/src/modules/resources/snapshot-store.ts

-- insertSnapshot
insert into snapshots (id, volume_id, name, state, size_gib, external_id, created_at)
values (:it.id, :it.volumeId, :it.name, :it.state, :it.sizeGib, :it.externalId, :it.createdAt)

-- snapshotsOf
select * from snapshots where volume_id = :volumeId and ended_at is null order by id desc

-- findSnapshot
select * from snapshots where id = :id

-- saveTaken
update snapshots set external_id = :externalId where id = :id

-- setSnapshotState
update snapshots set state = :state, ended_at = :endedAt where id = :id

-- endSnapshotsOf
update snapshots set state = 'removed', ended_at = :at where volume_id = :volumeId and ended_at is null

-- listSnapshots
select s.*, r.server_id, r.organisation_id, r.system_id, r.platform_id,
       s.state = 'ready' and s.size_gib = (r.desired->>'sizeGib')::int and not exists (
         select from snapshots later
         where later.volume_id = s.volume_id and later.id > s.id and later.ended_at is null) as restorable
from snapshots s join resources r on r.id = s.volume_id
where s.ended_at is null and :(visible(scope, 'r.organisation_id'))
  :(when(filter.volumeId, sql))
  :(when(filter.serverId, sql))
  :(when(filter.systemId, sql)) :(pageFrom(page, 's.id'))

-- listSnapshots
and s.volume_id = :filter.volumeId

-- listSnapshots
and r.server_id = :filter.serverId

-- listSnapshots
and r.system_id = :filter.systemId

-- packages/server/src/modules/resources/standing-store.ts

-- platformsOf
select id, platform_id from resources where id = any(:[...ids]::uuid[])

-- standingOf
select kind, system_id, metering, desired from resources
where organisation_id = :organisationId and ended_at is null
  and state in ('planned', 'building', 'test', 'formal')

-- packages/server/src/modules/resources/store.ts

-- insertResources
insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, project_system_id, request_id, line_id,
                       plan_id, metering, server_id, desired, expires_at, created_at)
select x.id, x.kind, x.name, 'planned', x."organisationId", x."systemId", x."platformId",
       x."projectSystemId", x."requestId", x."lineId", x."planId", x.metering, x."serverId", x.desired, x."expiresAt", x."createdAt"
from jsonb_to_recordset(:(JSON.stringify(resources))::jsonb) as x(
  id uuid, kind text, name text, "organisationId" uuid, "systemId" uuid, "platformId" uuid,
  "projectSystemId" uuid, "requestId" uuid, "lineId" uuid, "planId" uuid, metering jsonb, "serverId" uuid, desired jsonb, "expiresAt" timestamptz,
  "createdAt" timestamptz)

-- findResource
select * from resources where id = :id and :(visible(scope, 'organisation_id'))

-- lockResource
select * from resources where id = :id and :(visible(scope, 'organisation_id')) for update

-- otherwise
:range and kind = :kind

-- otherwise
jsonb_path_query_array(observed, 'lax $.addresses[*]') || jsonb_path_query_array(observed, 'lax $.address')
? :text

-- otherwise
external_id collate "C" >= :text and external_id collate "C" < :(`${text}\u007f`)

-- namesOf
select id, name from resources where id = any(:[...ids]::uuid[])

-- listResources
*

-- listResources
:(when(filter.state === null || !ends.includes(filter.state), sql))
:(when(filter.state, sql))
:(when(filter.kind, sql))
:(when(filter.systemId, sql))
:(when(filter.platformId, sql))
:(when(filter.requestId, sql))

-- listResources
and ended_at is null

-- listResources
and state = :filter.state

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

-- standingServers
select name, line_id from resources
where request_id = :requestId and ended_at is null and kind = 'server' and state in ('test', 'formal') order by id

-- lockLine
select * from resources where request_id = :requestId and line_id = :lineId and ended_at is null
order by server_id is not null, id for update

-- unitOf
select * from resources where id = :serverId or (server_id = :serverId and ended_at is null)
order by server_id nulls first, id

-- lockUnit
select * from resources where ended_at is null and (id = :serverId or server_id = :serverId)
order by server_id nulls first, id for update

-- setEnd
update resources set expires_at = :expiresAt where request_id = :requestId and ended_at is null

-- setState
update resources set state = :state, ended_at = :endedAt,
       busy_with = case when :(endedAt !== null) then null else busy_with end
where id = any(:[...ids]::uuid[])

-- setUnitState
update resources set state = :state
where id = :serverId or (server_id = :serverId and ended_at is null)

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

-- setChangedBy
update resources set changed_by = :operationId where id = :id

-- setFree
update resources set busy_with = null where id = any(:[...ids]::uuid[]) and busy_with = :by

-- freeAll
update resources set busy_with = null where busy_with = :by

-- recordset
jsonb_to_recordset(:(JSON.stringify(marked))::jsonb)
  as x("externalId" text, uuid uuid, mark text, name text, observed jsonb)

-- saveObserved
update resources r set observed = x.observed, observed_at = :of.at
from :(recordset(marked))
where r.id = x.uuid and r.platform_id = :of.platformId and r.kind = :of.kind
  and r.external_id = x."externalId" and r.ended_at is null
  and (r.observed_at is null or r.observed_at <= :of.at)
  and (r.observed is distinct from x.observed or r.observed_at is null or r.observed_at < :of.freshFrom)

-- straysAmong
select x."externalId" as external_id, x.uuid, x.mark, x.name from :(recordset(marked))
where not exists (select from resources r
  where r.id = x.uuid and r.platform_id = :of.platformId and r.ended_at is null
    and (r.kind <> :of.kind or r.external_id is null or r.external_id = x."externalId"))

-- inProjectOf
platform_id = :platformId and ended_at is null
and (project_system_id = :systemId or (system_id = :systemId and project_system_id is null))

-- holdersIn
select distinct organisation_id from resources where :(inProjectOf(systemId, platformId))

-- handOver
update resources set organisation_id = :to.organisationId, system_id = :to.systemId,
       project_system_id = nullif(coalesce(project_system_id, system_id), :to.systemId::uuid)
where id = any(:[...ids]::uuid[])

-- leaveProject
update resources set refs = refs || '{"left": true}' where id = any(:[...leaving]::uuid[])

-- leaveProject
select id from resources where :(inProjectOf(systemId, platformId)) and not refs ? 'left' limit 1

-- listOrphans
select platform_id, kind, external_id, mark, name, found_at from orphans
where :(visible(scope, 'organisation_id')) :(when(platformId, sql))
order by found_at, external_id limit 500

-- listOrphans
and platform_id = :platformId

-- replaceOrphans
delete from orphans where platform_id = :of.platformId and kind = :of.kind
and external_id not in (select x."externalId"
  from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x("externalId" text))

-- replaceOrphans
insert into orphans (platform_id, organisation_id, kind, external_id, mark, name, found_at)
select :of.platformId, :of.organisationId, :of.kind, x."externalId", x.mark, x.name, :of.at
from jsonb_to_recordset(:(JSON.stringify(found))::jsonb) as x("externalId" text, mark text, name text)
on conflict do nothing

-- resourcesInUse
select id, kind, state, organisation_id, system_id, request_id, metering, desired, observed from resources
where ended_at is null and state in ('test', 'formal') and id > :after order by id limit :limit

-- serversInUse
select id from resources where system_id = :systemId and kind = 'server' and state in ('test', 'formal')
and ended_at is null order by id

-- countLive
select count(*)::int as count from resources where organisation_id = :organisationId and ended_at is null

-- packages/server/src/modules/resources/wipe-store.ts

-- insertWipeRecords
insert into wipe_records (id, resource_id, resource_kind, resource_name, size, organisation_id, system_id,
                          platform_id, external_id, method, operation_id, wiped_by, wiped_at, evidence)
select x.id, x."resourceId", x."resourceKind", x."resourceName", x.size, x."organisationId", x."systemId",
       x."platformId", x."externalId", x.method, x."operationId", x."wipedBy", x."wipedAt", x.evidence
from jsonb_to_recordset(:(JSON.stringify(wiped))::jsonb) as x(
  id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, size jsonb, "organisationId" uuid,
  "systemId" uuid, "platformId" uuid, "externalId" text, method text, "operationId" uuid, "wipedBy" text,
  "wipedAt" timestamptz, evidence jsonb)

-- listWiped
*

-- listWiped
:(when(filter.systemId, sql))
:(when(filter.platformId, sql))

-- listWiped
and system_id = :filter.systemId

-- listWiped
and platform_id = :filter.platformId
