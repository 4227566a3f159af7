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
and organisation_id = :organisationId

-- namesOf
select id, name from business_systems where id = any(:[...ids]::uuid[])
