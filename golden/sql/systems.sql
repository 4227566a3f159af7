-- packages/server/src/modules/systems/history-store.ts

-- insertSystems
insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
select x.id, x."organisationId", x.name, x."securityGrade", x."dataClass", x."recoveryMode", x.zone, x."createdAt"
from json_to_recordset(:(JSON.stringify(systems))::json) as x(
  id uuid, "organisationId" uuid, name text, "securityGrade" integer, "dataClass" text, "recoveryMode" text,
  zone text, "createdAt" timestamptz)

-- packages/server/src/modules/systems/holding-store.ts

-- sums
coalesce(sum(h.servers), 0)::bigint as servers, coalesce(sum(h.vcpus), 0)::bigint as vcpus,
coalesce(sum(h.memory_mib), 0)::bigint as memory_mib, coalesce(sum(h.storage_gib), 0)::bigint as storage_gib

-- isHeld
(h.servers > 0 or h.storage_gib > 0)

-- heldAt
select p.place_id, count(distinct h.system_id) as systems, :sums
from unnest(:(placed.map((it) => it.platformId))::uuid[], :(placed.map((it) => it.placeId))::uuid[])
       as p(platform_id, place_id)
join system_holdings h on h.platform_id = p.platform_id
where :isHeld group by p.place_id

-- heldIn
select count(distinct h.system_id) as systems, :sums
from system_holdings h join business_systems s on s.id = h.system_id
where :isHeld and :(visible(scope, 's.organisation_id'))

-- largestIn
select s.id, s.name, s.organisation_id, :sums
from system_holdings h join business_systems s on s.id = h.system_id
where h.vcpus > 0 and :(visible(scope, 's.organisation_id'))
group by s.id order by sum(h.vcpus) desc, s.id limit :limit

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

-- listSystems
and organisation_id = :filter.organisationId

-- namesOf
select id, name from business_systems where id = any(:[...ids]::uuid[])
