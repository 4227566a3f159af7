-- packages/server/src/modules/quota/history-store.ts

-- insertQuotas
with held as (
  select organisation_id, sum(vcpus) as vcpu, sum(ceil(memory_mib / 1024.0)) as memory, sum(volume_gib) as volume,
         sum(addresses) as address
  from reservations group by organisation_id)
insert into quotas (organisation_id, measure, quota_limit, held)
select x."organisationId", x.measure, x."quotaLimit", coalesce(case x.measure when 'vcpu' then h.vcpu
         when 'memory-gib' then h.memory when 'volume-gib' then h.volume else h.address end, 0)
from json_to_recordset(:(JSON.stringify(quotas))::json)
       as x("organisationId" uuid, measure text, "quotaLimit" bigint)
     left join held h on h.organisation_id = x."organisationId"

-- packages/server/src/modules/quota/store.ts

-- listQuotas
select organisation_id, measure, quota_limit, held from quotas where organisation_id = :organisationId order by measure

-- quotasOf
select organisation_id, measure, quota_limit, held from quotas
where organisation_id = any(:[...organisationIds]::uuid[]) order by organisation_id, measure

-- lockHoldings
select pg_advisory_xact_lock(hashtextextended(:(`quota ${organisationId}`), 0))

-- setQuota
insert into quotas (organisation_id, measure, quota_limit, held)
select :organisationId, :measure, :quotaLimit, coalesce(sum(case :measure::text
    when 'vcpu' then vcpus when 'memory-gib' then ceil(memory_mib / 1024.0)
    when 'volume-gib' then volume_gib else addresses end), 0)
from reservations where organisation_id = :organisationId and counted
on conflict (organisation_id, measure) do update set quota_limit = excluded.quota_limit
returning organisation_id, measure, quota_limit, held

-- hold
with asked as (
  select * from jsonb_to_recordset(:(JSON.stringify(changes))::jsonb) as x(measure text, amount bigint)
), taken as (
  update quotas q set held = q.held + asked.amount from asked
  where q.organisation_id = :organisationId and q.measure = asked.measure
    and (asked.amount <= 0 or q.held + asked.amount <= q.quota_limit)
  returning q.measure)
select q.organisation_id, q.measure, q.quota_limit, q.held from quotas q join asked using (measure)
where q.organisation_id = :organisationId and q.measure not in (select measure from taken) order by q.measure limit 1

-- insertReservations
insert into reservations (resource_id, organisation_id, system_id, pool_id, vcpus, memory_mib, volume_gib, addresses)
select x."resourceId", x."organisationId", x."systemId", x."poolId", x.vcpus, x."memoryMib", x."volumeGib", x.addresses
from jsonb_to_recordset(:(JSON.stringify(reservations))::jsonb) as x(
  "resourceId" uuid, "organisationId" uuid, "systemId" uuid, "poolId" uuid, vcpus integer, "memoryMib" bigint,
  "volumeGib" integer, addresses integer)

-- lockReservation
select resource_id, organisation_id, system_id, pool_id, counted, vcpus, memory_mib, volume_gib, addresses
from reservations where resource_id = :resourceId for update

-- updateReservation
update reservations set vcpus = :it.vcpus, memory_mib = :it.memoryMib, volume_gib = :it.volumeGib,
       addresses = :it.addresses
where resource_id = :it.resourceId

-- reservationsOf
select resource_id, organisation_id, system_id, pool_id, counted, vcpus, memory_mib, volume_gib, addresses
from reservations where resource_id = any(:[...resourceIds]::uuid[]) order by resource_id for update

-- setHolder
update reservations set organisation_id = :to.organisationId, system_id = :to.systemId
where resource_id = any(:[...resourceIds]::uuid[])

-- setCounted
update reservations set counted = :counted where resource_id = :resourceId

-- deleteReservation
delete from reservations where resource_id = :resourceId

-- packages/server/src/modules/quota/system-store.ts

-- listSystemQuotas
select system_id, measure, quota_limit, held from system_quotas where system_id = :systemId order by measure

-- setSystemQuota
insert into system_quotas (system_id, measure, quota_limit, held)
select :systemId, :measure, :quotaLimit, coalesce(sum(case :measure::text
    when 'vcpu' then vcpus when 'memory-gib' then ceil(memory_mib / 1024.0)
    when 'volume-gib' then volume_gib else addresses end), 0)
from reservations where system_id = :systemId and counted
on conflict (system_id, measure) do update set quota_limit = excluded.quota_limit
returning system_id, measure, quota_limit, held

-- removeSystemQuota
delete from system_quotas where system_id = :systemId and measure = :measure
returning system_id, measure, quota_limit, held

-- holdOfSystem
with asked as (
  select * from jsonb_to_recordset(:(JSON.stringify(changes))::jsonb) as x(measure text, amount bigint)
), taken as (
  update system_quotas q set held = q.held + asked.amount from asked
  where q.system_id = :systemId and q.measure = asked.measure
    and (asked.amount <= 0 or q.held + asked.amount <= q.quota_limit)
  returning q.measure)
select q.system_id, q.measure, q.quota_limit, q.held from system_quotas q join asked using (measure)
where q.system_id = :systemId and q.measure not in (select measure from taken) order by q.measure limit 1
