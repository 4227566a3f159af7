-- packages/server/src/modules/systems/history-store.ts

-- insertSystems
insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
select x.id, x."organisationId", x.name, x."securityGrade", x."dataClass", x."recoveryMode", x.zone, x."createdAt"
from json_to_recordset(:(JSON.stringify(systems))::json) as x(
  id uuid, "organisationId" uuid, name text, "securityGrade" integer, "dataClass" text, "recoveryMode" text,
  zone text, "createdAt" timestamptz)

-- packages/server/src/modules/systems/store.ts

-- columns
id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at

-- insertSystem
insert into business_systems (:columns)
values (:it.id, :it.organisationId, :it.name, :it.securityGrade, :it.dataClass, :it.recoveryMode,
        :it.zone, :it.createdAt)

-- findSystem
select :columns from business_systems where id = :id and :(visible(scope, 'organisation_id'))

-- listSystems
:(when(filter.organisationId, sql))
:(await calledSo(tx, searchable, filter.sought))

-- listSystems
and organisation_id = :filter.organisationId

-- systemsCalled
select id from business_systems where true :(await calledSo(tx, searchable, sought))

-- namesOf
select id, name from business_systems where id = any(:[...ids]::uuid[])
