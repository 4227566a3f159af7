-- packages/server/src/modules/projects/history-store.ts

-- insertPastProjects
insert into projects (id, system_id, platform_id, state, project_ref, network_ref, created_at)
select x.id, x."systemId", x."platformId", 'live', x."projectRef", x."networkRef", x."createdAt"
from json_to_recordset(:(JSON.stringify(projects))::json) as x(
  id uuid, "systemId" uuid, "platformId" uuid, "projectRef" jsonb, "networkRef" jsonb, "createdAt" timestamptz)

-- packages/server/src/modules/projects/store.ts

-- columns
id, system_id, platform_id, state, project_ref, network_ref, quota, busy_with, suspect, created_at

-- lockProject
insert into projects (id, system_id, platform_id, state, created_at)
values (:it.id, :it.systemId, :it.platformId, 'live', :it.now) on conflict do nothing

-- lockProject
select :columns from projects where system_id = :it.systemId and platform_id = :it.platformId for update

-- lockExisting
select :columns from projects where system_id = :systemId and platform_id = :platformId for update

-- findProject
select :columns from projects where system_id = :systemId and platform_id = :platformId

-- setBusy
update projects set busy_with = :busyWith where id = :id

-- takeOver
update projects set busy_with = :busyWith, state = 'live', suspect = true where id = :id returning :columns

-- letGo
update projects set busy_with = null, suspect = suspect or network_ref is null
where id = :id and busy_with = :by

-- saveProjectRef
update projects set project_ref = :(JSON.stringify(projectRef)), quota = :(quota && JSON.stringify(quota)),
       network_ref = case when project_ref = :(JSON.stringify(projectRef))::jsonb then network_ref end
where id = :id

-- saveNetworkRef
update projects set network_ref = :(JSON.stringify(networkRef)), busy_with = null,
       suspect = false
where id = :id

-- setRetiring
update projects set state = 'retiring', busy_with = :by where id = :id

-- deleteProject
delete from projects where id = :id

-- known
select id from projects where id = any(:[...ids]::uuid[])
and (:platformId::uuid is null or platform_id = :platformId)
