-- packages/server/src/modules/nodes/find-store.ts

-- nodesCalled
select id, operator_organisation_id as organisation_id, name, code, null as state from cloud_nodes
where :(isCalled(sought, 'name', 'code')) and :(isSeenNode(sight, 'cloud_nodes.id'))
order by id desc limit :limit

-- platformsAway
select id, name, state, probed_at from platforms
where state in ('unreachable', 'refused') and :(visible(scope, 'organisation_id')) order by name, id limit 100

-- freshness
select platform_id, case when bool_and(listed_at is not null) then min(listed_at) end as listed_at,
       bool_or(fault is not null) as is_failing
from observations group by platform_id

-- platformsCalled
select p.id, p.organisation_id, p.name, p.code, p.state from platforms p
  join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
where :(isCalled(sought, 'p.name', 'p.code')) and :(isSeenPlatform(sight)) order by p.id desc limit :limit

-- packages/server/src/modules/nodes/host-store.ts

-- saveHosts
with seen as (
  select * from jsonb_to_recordset(:(JSON.stringify(hosts.map(columnsOf)))::jsonb) as it (
    id uuid, ref text, name text, in_order boolean, native_state text, vcpus integer, vcpus_used integer,
    memory_mib bigint, memory_mib_used bigint, zone text, aggregates text[])),
gone as (delete from hosts where pool_id = :poolId and ref not in (select ref from seen))
insert into hosts (id, pool_id, ref, name, in_order, native_state, vcpus, vcpus_used, memory_mib, memory_mib_used,
                   zone, aggregates)
select id, :poolId, ref, name, in_order, native_state, vcpus, vcpus_used, memory_mib, memory_mib_used, zone,
       aggregates from seen
on conflict (pool_id, ref) do update
set name = excluded.name, in_order = excluded.in_order, native_state = excluded.native_state,
    vcpus = excluded.vcpus, vcpus_used = excluded.vcpus_used, memory_mib = excluded.memory_mib,
    memory_mib_used = excluded.memory_mib_used, zone = excluded.zone, aggregates = excluded.aggregates
where (hosts.name, hosts.in_order, hosts.native_state, hosts.vcpus, hosts.vcpus_used, hosts.memory_mib,
       hosts.memory_mib_used, hosts.zone, hosts.aggregates)
  is distinct from (excluded.name, excluded.in_order, excluded.native_state, excluded.vcpus, excluded.vcpus_used,
       excluded.memory_mib, excluded.memory_mib_used, excluded.zone, excluded.aggregates)

-- listHosts
select h.*, o.platform_id, o.architecture, o.observed_at, p.name as platform_name
from hosts h join pools o on o.id = h.pool_id join platforms p on p.id = o.platform_id
  join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
where :(isSeenPlatform(sight)) :(when(platformId, sql)) :(pageFrom(page, 'h.id'))

-- listHosts
and p.id = :platformId

-- packages/server/src/modules/nodes/link-store.ts

-- insertLink
insert into links (id, organisation_id, from_data_centre_id, to_data_centre_id, bandwidth_mbps, latency_ms,
                   latency_basis, measured_at, created_at)
values (:it.id, :it.organisationId, :it.fromDataCentreId, :it.toDataCentreId, :it.bandwidthMbps,
        :it.latencyMs, :it.latencyBasis, :it.measuredAt, :it.createdAt)

-- updateLink
update links set bandwidth_mbps = :it.bandwidthMbps, latency_ms = :it.latencyMs,
       latency_basis = :it.latencyBasis, measured_at = :it.measuredAt, revision = revision + 1
where id = :it.id and revision = :it.revision

-- links
select l.*, a.longitude as from_longitude, a.latitude as from_latitude, b.longitude as to_longitude,
  b.latitude as to_latitude
from links l join data_centres a on a.id = l.from_data_centre_id join data_centres b on b.id = l.to_data_centre_id

-- findLink
:links where l.id = :id and :(visible(scope, 'l.organisation_id'))

-- listLinks
:links where (:(isSeenNode(sight, 'a.node_id')) or :(isSeenNode(sight, 'b.node_id')))
:(when(dataCentreId, sql))
:(pageFrom(page, 'l.id'))

-- listLinks
and (l.from_data_centre_id = :dataCentreId or l.to_data_centre_id = :dataCentreId)

-- packages/server/src/modules/nodes/store.ts

-- nodeColumns
id, code, name, kind, division_code, operator_organisation_id, provider_organisation_id, created_at

-- insertNode
insert into cloud_nodes (:nodeColumns)
values (:it.id, :it.code, :it.name, :it.kind, :it.divisionCode, :it.operatorOrganisationId,
        :it.providerOrganisationId, :it.createdAt)

-- findNode
select :nodeColumns from cloud_nodes where id = :id

-- isSeenNode
true

-- isSeenNode
:(raw(node)) in (
select n.id from cloud_nodes n where :(visible(supplied, 'n.provider_organisation_id'))
union select d.node_id from platforms p join data_centres d on d.id = p.data_centre_id
where :(visible(supplied, 'p.provider_organisation_id')))

-- listNodes
select :nodeColumns from cloud_nodes where :(isSeenNode(sight, 'cloud_nodes.id')) :(pageFrom(page))

-- insertDataCentre
insert into data_centres (id, node_id, code, name, role, longitude, latitude, power_grid, river_basin, seismic_belt,
                          pue, green_level, green_issuer, green_expires_at, lease_ends_at, created_at)
values (:it.id, :it.nodeId, :it.code, :it.name, :it.role, :it.longitude, :it.latitude,
        :it.powerGrid, :it.riverBasin, :it.seismicBelt, :it.pue, :it.greenLevel,
        :it.greenIssuer, :it.greenExpiresAt, :it.leaseEndsAt, :it.createdAt)

-- updateDataCentre
update data_centres set name = :it.name, role = :it.role, power_grid = :it.powerGrid,
       river_basin = :it.riverBasin, seismic_belt = :it.seismicBelt, pue = :it.pue,
       green_level = :it.greenLevel, green_issuer = :it.greenIssuer, green_expires_at = :it.greenExpiresAt, lease_ends_at = :it.leaseEndsAt,
       revision = revision + 1
where id = :it.id and revision = :it.revision

-- listDataCentres
select d.* from data_centres d
where :(isSeenNode(sight, 'd.node_id')) :(when(nodeId, sql)) :(pageFrom(page, 'd.id'))

-- listDataCentres
and d.node_id = :nodeId

-- findDataCentre
select d.*, n.operator_organisation_id as organisation_id
from data_centres d join cloud_nodes n on n.id = d.node_id
where d.id = :id and :(visible(scope, 'n.operator_organisation_id'))

-- platforms
select p.*, d.node_id, n.division_code
from platforms p join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id

-- insertPlatform
insert into platforms (id, data_centre_id, organisation_id, code, name, driver, endpoint, settings, credential,
                       security_grade, architecture, vcpu_overselling, provider_organisation_id, state,
                       created_at)
values (:it.id, :it.dataCentreId, :it.organisationId, :it.code, :it.name, :it.driver, :it.endpoint,
        :(JSON.stringify(it.settings)), :it.credential, :it.securityGrade, :it.architecture,
        :it.vcpuOverselling, :it.providerOrganisationId, 'unprobed', :it.createdAt)

-- findPlatform
:platforms where p.id = :id and :(visible(scope, 'p.organisation_id'))

-- isSeenPlatform
(:(visible(operated, 'p.organisation_id')) or :(visible(supplied, 'p.provider_organisation_id'))
or :(visible(supplied, 'n.provider_organisation_id')))

-- seePlatform
:platforms where p.id = :id and :(isSeenPlatform(sight))

-- listPlatforms
:platforms where :(isSeenPlatform(sight)) :(when(nodeId, sql))
:(pageFrom(page, 'p.id'))

-- listPlatforms
and d.node_id = :nodeId

-- allPlatforms
:platforms order by p.id

-- updatePlatform
update platforms set name = :it.name, endpoint = :it.endpoint, settings = :(JSON.stringify(it.settings)),
       credential = :it.credential, provider_organisation_id = :it.providerOrganisationId, state = 'unprobed',
       revision = revision + 1
where id = :it.id and revision = :it.revision

-- saveProbe
update platforms set state = :it.state, product = coalesce(:it.product, product),
       version = coalesce(:it.version, version),
       capabilities = coalesce(:(it.capabilities === null ? null : JSON.stringify(it.capabilities))::jsonb, capabilities),
       missing_permissions = :(JSON.stringify(it.missingPermissions)), probed_at = :it.probedAt
where id = :it.id

-- saveImages
update platforms set image_names = :(JSON.stringify(imageNames)) where id = :id

-- saveObservation
insert into observations as o (platform_id, kind, listed_at, fault)
values (:it.platformId, :it.kind, :(it.fault ? null : it.at), :(it.fault && JSON.stringify(it.fault)))
on conflict (platform_id, kind) do update
set listed_at = coalesce(excluded.listed_at, o.listed_at), fault = excluded.fault

-- listObservations
select kind, listed_at, fault from observations where platform_id = :platformId order by kind

-- insertion
insert into pools (id, platform_id, architecture, hosts, vcpus_physical, vcpus_sellable,
                   memory_mib_physical, memory_mib_sellable, observed_at)
values (:it.id, :it.platformId, :it.architecture, :it.hosts, :it.vcpusPhysical, :it.vcpusSellable,
        :it.memoryMibPhysical, :it.memoryMibSellable, :it.observedAt)
on conflict (platform_id, architecture)

-- insertPool
:(insertion(it)) do nothing

-- lockPromised
select vcpus_promised, memory_mib_promised from pools
where platform_id = :platformId and architecture = :architecture for update

-- savePool
:(insertion(it)) do update
set hosts = excluded.hosts, vcpus_physical = excluded.vcpus_physical, vcpus_sellable = excluded.vcpus_sellable,
    memory_mib_physical = excluded.memory_mib_physical, memory_mib_sellable = excluded.memory_mib_sellable,
    observed_at = excluded.observed_at
returning id

-- listPools
select o.*, p.name as platform_name from pools o join platforms p on p.id = o.platform_id
  join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
where :(isSeenPlatform(sight)) :(when(platformId, sql))
order by p.name, o.architecture

-- listPools
and p.id = :platformId

-- fleet
select f.*, n.name as node_name, o.id as pool_id, o.architecture as pool_architecture, o.vcpus_sellable,
       o.vcpus_promised, o.memory_mib_sellable, o.memory_mib_promised
from (:platforms) f join cloud_nodes n on n.id = f.node_id join pools o on o.platform_id = f.id order by o.id

-- promise
update pools set vcpus_promised = vcpus_promised + :vcpus, memory_mib_promised = memory_mib_promised + :memoryMib
where id = :poolId
  and (:vcpus <= 0 or vcpus_promised + :vcpus <= vcpus_sellable)
  and (:memoryMib <= 0 or memory_mib_promised + :memoryMib <= memory_mib_sellable)

-- packages/server/src/modules/nodes/supply-store.ts

-- suppliedPlatforms
select id as platform_id, provider_organisation_id from platforms
where provider_organisation_id is not null order by id

-- platformNames
select id, name from platforms where id = any(:[...ids]::uuid[])

-- capacities
select n.division_code, o.architecture, sum(o.vcpus_sellable)::bigint as vcpus_sellable,
       sum(o.vcpus_promised)::bigint as vcpus_promised, sum(o.memory_mib_sellable)::bigint as memory_mib_sellable,
       sum(o.memory_mib_promised)::bigint as memory_mib_promised
from pools o join platforms p on p.id = o.platform_id join data_centres d on d.id = p.data_centre_id
join cloud_nodes n on n.id = d.node_id
where :(visible(scope, 'p.organisation_id')) group by n.division_code, o.architecture
