-- packages/drivers/src/sim/addresses/store.ts

-- bindingFacts
SELECT a.id, host(a.address) AS address, a.port_id AS "boundTo",
  p.id AS "projectId", p.quota, :usedByProject AS used,
  q.id AS "portId", n.router_id IS NOT NULL AS routed, host(o.address) AS "otherAddress"
FROM sim.cloud c
LEFT JOIN sim.address a ON a.cloud = c.name AND a.mark = :it.mark
LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = :it.projectId
LEFT JOIN sim.port q ON q.cloud = c.name AND q.id = :it.portId AND q.project_id = p.id
LEFT JOIN sim.network n ON n.cloud = c.name AND n.id = q.network_id
LEFT JOIN sim.address o ON o.cloud = c.name AND o.port_id = q.id AND o.mark IS DISTINCT FROM :it.mark
WHERE c.name = :cloud

-- bindAgain
UPDATE sim.address SET port_id = :portId WHERE cloud = :cloud AND id = :id
RETURNING id, host(address) AS address

-- insertAddress
INSERT INTO sim.address (cloud, mark, project_id, name, address, port_id, created_at)
SELECT c.name, :it.mark, :it.projectId, :it.name, free.address, :it.portId, :now
FROM sim.cloud c CROSS JOIN LATERAL (:(lowestFreeAddress( sql, sql, ))) AS free
WHERE c.name = :cloud
RETURNING id, host(address) AS address

-- insertAddress
c.external_range

-- insertAddress
SELECT a.address FROM sim.address a WHERE a.cloud = c.name

-- packages/drivers/src/sim/clouds/store.ts

-- cloudColumns
c.name, c.token, c.seed, c.architecture, c.product, c.version, c.oversell_ratio AS "oversellRatio", c.storage_gib AS "storageGib",
c.external_range::text AS "externalRange", c.default_quota AS "defaultQuota", c.missing_capabilities AS missing,
c.call_latency_ms AS "callLatencyMs", c.server_build_ms AS "serverBuildMs", c.server_resize_ms AS "serverResizeMs",
c.server_power_ms AS "serverPowerMs", c.server_remove_ms AS "serverRemoveMs", c.volume_build_ms AS "volumeBuildMs"

-- lockCloud
WITH :(endedBy(cloud, now))
SELECT FROM sim.cloud WHERE name = :cloud FOR NO KEY UPDATE

-- dropEnded
WITH :(endedBy(cloud, now)) SELECT

-- endedBy
ended AS (
  DELETE FROM sim.server WHERE cloud = :cloud AND gone_at <= :now
  RETURNING cloud, id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at),
kept AS (INSERT INTO sim.ended_server SELECT * FROM ended)

-- saveCloud
INSERT INTO sim.cloud (
  name, token, seed, architecture, product, version, oversell_ratio, storage_gib, external_range, default_quota,
  missing_capabilities, call_latency_ms, server_build_ms, server_resize_ms, server_power_ms, server_remove_ms,
  volume_build_ms)
VALUES (
  :it.name, :it.token, :it.seed, :it.architecture, :it.product, :it.version, :it.oversellRatio, :it.storageGib,
  :it.externalRange, :(it.defaultQuota && JSON.stringify(it.defaultQuota)), :(JSON.stringify(it.missing)),
  :it.callLatencyMs, :it.serverBuildMs, :it.serverResizeMs, :it.serverPowerMs,
  :it.serverRemoveMs, :it.volumeBuildMs)
ON CONFLICT (name) DO UPDATE SET
  token = excluded.token, seed = excluded.seed, architecture = excluded.architecture,
  product = excluded.product, version = excluded.version,
  oversell_ratio = excluded.oversell_ratio, storage_gib = excluded.storage_gib,
  external_range = excluded.external_range, default_quota = excluded.default_quota,
  missing_capabilities = excluded.missing_capabilities, call_latency_ms = excluded.call_latency_ms,
  server_build_ms = excluded.server_build_ms, server_resize_ms = excluded.server_resize_ms,
  server_power_ms = excluded.server_power_ms, server_remove_ms = excluded.server_remove_ms, volume_build_ms = excluded.volume_build_ms

-- saveHosts
INSERT INTO sim.host (cloud, name, vcpus, memory_mib, disk_gib, zone, aggregates)
SELECT :cloud, h.name, h.vcpus, h."memoryMib", h."diskGib", h.zone, h.aggregates
FROM jsonb_to_recordset(:(JSON.stringify(hosts))::jsonb)
  AS h(name text, vcpus integer, "memoryMib" integer, "diskGib" integer, zone text, aggregates text[])
ON CONFLICT (cloud, name) DO UPDATE SET
  vcpus = excluded.vcpus, memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib,
  zone = excluded.zone, aggregates = excluded.aggregates

-- saveFlavours
INSERT INTO sim.flavour (cloud, name, vcpus, memory_mib, disk_gib)
SELECT :cloud, f.name, f.vcpus, f."memoryMib", f."diskGib"
FROM jsonb_to_recordset(:(JSON.stringify(flavours))::jsonb)
  AS f(name text, vcpus integer, "memoryMib" integer, "diskGib" integer)
ON CONFLICT (cloud, name) DO UPDATE SET
  vcpus = excluded.vcpus, memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib

-- saveImages
INSERT INTO sim.image (cloud, name, minimum_disk_gib, minimum_memory_mib)
SELECT :cloud, i.name, i."minimumDiskGib", i."minimumMemoryMib"
FROM jsonb_to_recordset(:(JSON.stringify(images))::jsonb)
  AS i(name text, "minimumDiskGib" integer, "minimumMemoryMib" integer)
ON CONFLICT (cloud, name) DO UPDATE SET
  minimum_disk_gib = excluded.minimum_disk_gib, minimum_memory_mib = excluded.minimum_memory_mib

-- saveFirstProject
INSERT INTO sim.project (cloud, name)
SELECT :cloud, 'default'
WHERE NOT EXISTS (SELECT FROM sim.project WHERE cloud = :cloud AND mark IS NULL)

-- packages/drivers/src/sim/consoles/store.ts

-- nameAndState
SELECT s.name, :(serverState(now)) AS native FROM sim.server s
JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
WHERE s.cloud = :cloud AND s.id = :id

-- packages/drivers/src/sim/faults/store.ts

-- admit
WITH struck AS (
  UPDATE sim.fault SET remaining = remaining - 1
  WHERE id = (
    SELECT id FROM sim.fault
    WHERE cloud = :cloud AND call IN (:call, '*') AND remaining IS DISTINCT FROM 0
    ORDER BY id LIMIT 1 FOR UPDATE)
  RETURNING mode, parameter)
SELECT :cloudColumns, struck.mode, struck.parameter
FROM sim.cloud c LEFT JOIN struck ON true
WHERE c.name = :cloud

-- insertFault
INSERT INTO sim.fault (cloud, call, mode, remaining, parameter)
VALUES (:cloud, :it.call, :it.mode, :it.remaining, :(JSON.stringify(it.parameter)))
RETURNING id::text

-- remainingOf
SELECT remaining FROM sim.fault WHERE id = :id

-- deleteFault
DELETE FROM sim.fault WHERE id = :id

-- deleteFaults
WITH returned AS (UPDATE sim.host SET lost = false WHERE cloud = :cloud AND lost)
DELETE FROM sim.fault WHERE cloud = :cloud

-- loseHost
UPDATE sim.host SET lost = true
WHERE cloud = :cloud AND CASE WHEN :hostName::text IS NULL
  THEN id = (SELECT host_id FROM sim.server WHERE cloud = :cloud ORDER BY created_at DESC, id DESC LIMIT 1)
  ELSE name = :hostName END

-- packages/drivers/src/sim/inventory/store.ts

-- pageOf
SELECT * FROM (:(views[kind](now))) AS it
WHERE it.cloud = :cloud AND it.id > :after ORDER BY it.id LIMIT :limit

-- observedById
SELECT * FROM (:(views[kind](now))) AS it
WHERE it.cloud = :cloud AND it.id = :id
  AND (it."projectId" IS NULL OR :projectId::text IS NULL OR it."projectId" = :projectId)

-- serverState
CASE
WHEN s.gone_at IS NOT NULL THEN 'DELETING'
WHEN h.lost THEN 'HOST_LOST'
WHEN s.ready_at > :now THEN 'BUILD'
WHEN s.broken THEN 'ERROR'
WHEN s.target_ready_at > :now THEN 'RESIZE'
WHEN s.target_ready_at IS NOT NULL THEN 'VERIFY_RESIZE'
WHEN s.power_ready_at > :now THEN s.power_change
WHEN NOT s.powered THEN 'SHUTOFF'
ELSE 'ACTIVE' END

-- addressesOfPort
jsonb_build_array(host(q.fixed_address))
|| CASE WHEN q.ipv6_address IS NULL THEN '[]' ELSE jsonb_build_array(host(q.ipv6_address)) END || coalesce(
(SELECT jsonb_agg(host(a.address) ORDER BY a.address) FROM sim.address a
  WHERE a.cloud = q.cloud AND a.port_id = q.id), '[]')

-- host
SELECT h.cloud, h.id, NULL AS mark, NULL AS "projectId", h.name, NULL::timestamptz AS "createdAt",
  CASE WHEN h.enabled THEN 'UP' ELSE 'DISABLED' END AS native,
  jsonb_build_object('vcpus', h.vcpus, 'memoryMib', h.memory_mib, 'diskGib', h.disk_gib,
    'usedVcpus', coalesce(u.vcpus, 0), 'usedMemoryMib', coalesce(u.memory_mib, 0),
    'architecture', c.architecture, 'enabled', h.enabled, 'zone', h.zone,
    'aggregates', to_jsonb(h.aggregates)) AS facts
FROM sim.host h JOIN sim.cloud c ON c.name = h.cloud
LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
WHERE NOT h.lost

-- flavour
SELECT f.cloud, f.id, NULL AS mark, NULL AS "projectId", f.name, NULL::timestamptz AS "createdAt",
  'AVAILABLE' AS native,
  jsonb_build_object('vcpus', f.vcpus, 'memoryMib', f.memory_mib, 'diskGib', f.disk_gib) AS facts
FROM sim.flavour f

-- image
SELECT i.cloud, i.id, NULL AS mark, NULL AS "projectId", i.name, NULL::timestamptz AS "createdAt",
  'AVAILABLE' AS native,
  jsonb_build_object('architecture', c.architecture, 'minimumDiskGib', i.minimum_disk_gib,
    'minimumMemoryMib', i.minimum_memory_mib) AS facts
FROM sim.image i JOIN sim.cloud c ON c.name = i.cloud

-- project
SELECT p.cloud, p.id, p.mark, NULL AS "projectId", p.name, p.created_at AS "createdAt",
  'ACTIVE' AS native, jsonb_build_object('enabled', true) AS facts
FROM sim.project p

-- network
SELECT n.cloud, n.id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
  'ACTIVE' AS native, jsonb_strip_nulls(jsonb_build_object('cidr', n.cidr, 'ipv6Cidr', n.ipv6_cidr)) AS facts
FROM sim.network n

-- subnet
SELECT n.cloud, n.subnet_id AS id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
  'ACTIVE' AS native, jsonb_build_object('cidr', n.cidr, 'networkId', n.id) AS facts
FROM sim.network n
UNION ALL
SELECT n.cloud, n.ipv6_subnet_id, n.mark, n.project_id, n.name, n.created_at, 'ACTIVE',
  jsonb_build_object('cidr', n.ipv6_cidr, 'networkId', n.id)
FROM sim.network n WHERE n.ipv6_subnet_id IS NOT NULL

-- router
SELECT n.cloud, n.router_id AS id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
  'ACTIVE' AS native, jsonb_build_object('enabled', true) AS facts
FROM sim.network n WHERE n.router_id IS NOT NULL

-- securityGroup
SELECT r.cloud, r.id, r.mark, r.project_id AS "projectId", r.name, r.created_at AS "createdAt",
  'ACTIVE' AS native, jsonb_build_object('rules', to_jsonb(r.rules)) AS facts
FROM sim.rule_group r

-- port
SELECT q.cloud, q.id, q.mark, q.project_id AS "projectId", q.name, q.created_at AS "createdAt",
  'ACTIVE' AS native,
  jsonb_strip_nulls(jsonb_build_object('networkId', q.network_id, 'serverId', s.id,
    'addresses', :addressesOfPort)) AS facts
FROM sim.port q
LEFT JOIN sim.server s ON s.cloud = q.cloud AND s.port_id = q.id AND (s.gone_at IS NULL OR s.gone_at > :now)

-- server
SELECT s.cloud, s.id, s.mark, s.project_id AS "projectId", s.name, s.created_at AS "createdAt",
  :(serverState(now)) AS native,
  jsonb_strip_nulls(jsonb_build_object('vcpus', s.vcpus, 'memoryMib', s.memory_mib, 'diskGib', s.disk_gib,
    'flavourName', s.flavour_name, 'imageId', s.image_id, 'portId', s.port_id, 'networkId', q.network_id,
    'zone', h.zone, 'addresses', :addressesOfPort,
    'volumeIds', (SELECT coalesce(jsonb_agg(v.id ORDER BY v.id), '[]') FROM sim.volume v
      WHERE v.cloud = s.cloud AND v.server_id = s.id))) AS facts
FROM sim.server s
JOIN sim.port q ON q.cloud = s.cloud AND q.id = s.port_id
JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
WHERE s.gone_at IS NULL OR s.gone_at > :now

-- serverGroup
SELECT g.cloud, g.id, g.mark, g.project_id AS "projectId", g.name, g.created_at AS "createdAt",
  'ACTIVE' AS native, '{}'::jsonb AS facts
FROM sim.server_group g

-- volume
SELECT v.cloud, v.id, v.mark, v.project_id AS "projectId", v.name, v.created_at AS "createdAt",
  CASE WHEN v.ready_at > :now THEN 'CREATING' WHEN s.id IS NOT NULL THEN 'IN_USE' ELSE 'AVAILABLE' END AS native,
  jsonb_strip_nulls(jsonb_build_object('sizeGib', v.size_gib, 'serverId', s.id)) AS facts
FROM sim.volume v
LEFT JOIN sim.server s ON s.cloud = v.cloud AND s.id = v.server_id AND (s.gone_at IS NULL OR s.gone_at > :now)

-- snapshot
SELECT w.cloud, w.id, w.mark, w.project_id AS "projectId", w.name, w.created_at AS "createdAt",
  CASE WHEN w.ready_at > :now THEN 'CREATING' ELSE 'AVAILABLE' END AS native,
  jsonb_build_object('sizeGib', w.size_gib, 'volumeId', w.volume_id) AS facts
FROM sim.snapshot w

-- address
SELECT a.cloud, a.id, a.mark, a.project_id AS "projectId", a.name, a.created_at AS "createdAt",
  CASE WHEN a.port_id IS NULL THEN 'DOWN' ELSE 'ACTIVE' END AS native,
  jsonb_strip_nulls(jsonb_build_object('addresses', jsonb_build_array(host(a.address)), 'portId', a.port_id,
    'serverId', s.id)) AS facts
FROM sim.address a
LEFT JOIN sim.server s ON s.cloud = a.cloud AND s.port_id = a.port_id AND (s.gone_at IS NULL OR s.gone_at > :now)

-- packages/drivers/src/sim/networks/rules-store.ts

-- upsertRuleGroup
INSERT INTO sim.rule_group (cloud, mark, project_id, name, rules, created_at)
SELECT p.cloud, :it.mark, p.id, :it.name, :it.rules::text[], :now
FROM sim.project p WHERE p.cloud = :cloud AND p.id = :it.projectId
ON CONFLICT (cloud, mark) DO UPDATE SET rules = excluded.rules
RETURNING id

-- unknownGroup
SELECT wanted.id FROM unnest(:ids::text[]) AS wanted(id)
WHERE NOT EXISTS (SELECT FROM sim.rule_group r
  WHERE r.cloud = :cloud AND r.id = wanted.id AND r.project_id = :projectId)
LIMIT 1

-- updatePortRules
UPDATE sim.port SET rule_group_ids = :it.ruleGroupIds::text[]
WHERE cloud = :cloud AND id = :it.portId AND project_id = :it.projectId
RETURNING id

-- packages/drivers/src/sim/networks/store.ts

-- upsertNetwork
INSERT INTO sim.network AS n (cloud, mark, project_id, name, cidr, ipv6_cidr, ipv6_subnet_id, router_id,
  created_at)
SELECT p.cloud, :it.mark, p.id, :it.name, network(:it.cidr::inet),
  network(:it.ipv6Cidr::inet), CASE WHEN :it.ipv6Cidr::text IS NOT NULL THEN gen_random_uuid() END,
  CASE WHEN :routed::boolean THEN gen_random_uuid() END, :now
FROM sim.project p WHERE p.cloud = :cloud AND p.id = :it.projectId
ON CONFLICT (cloud, mark) DO UPDATE SET router_id = coalesce(n.router_id, excluded.router_id),
  ipv6_cidr = coalesce(n.ipv6_cidr, excluded.ipv6_cidr),
  ipv6_subnet_id = coalesce(n.ipv6_subnet_id, excluded.ipv6_subnet_id)
RETURNING id, subnet_id AS "subnetId", ipv6_subnet_id AS "ipv6SubnetId", router_id AS "routerId"

-- findPortPlace
SELECT q.id, host(q.fixed_address) AS "fixedAddress", host(q.ipv6_address) AS "ipv6Address", n.id IS NOT NULL AS "networkFound",
  p.id IS NOT NULL AS "projectFound"
FROM sim.cloud c
LEFT JOIN sim.port q ON q.cloud = c.name AND q.mark = :it.mark
LEFT JOIN sim.network n ON n.cloud = c.name AND n.id = :it.networkId
LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = :it.projectId
WHERE c.name = :cloud

-- insertPort
INSERT INTO sim.port (cloud, mark, project_id, name, network_id, fixed_address, created_at,
  rule_group_ids, ipv6_address)
SELECT n.cloud, :it.mark, :it.projectId, :it.name, n.id, free.address, :now, :(it.ruleGroupIds ?? null)::text[],
  free6.address
FROM sim.network n CROSS JOIN LATERAL (:(lowestFreeAddress( sql, sql, ))) AS free
LEFT JOIN LATERAL (:(lowestFreeAddress( sql, sql, ))) AS free6 ON true
WHERE n.cloud = :cloud AND n.id = :it.networkId
RETURNING id, host(fixed_address) AS "fixedAddress", host(ipv6_address) AS "ipv6Address"

-- insertPort
n.cidr

-- insertPort
SELECT q.fixed_address AS address FROM sim.port q WHERE q.cloud = n.cloud AND q.network_id = n.id

-- insertPort
n.ipv6_cidr

-- insertPort
SELECT q.ipv6_address AS address FROM sim.port q WHERE q.cloud = n.cloud AND q.network_id = n.id

-- lowestFreeAddress
SELECT candidate.address
FROM (SELECT :range::inet + 2 AS address UNION ALL SELECT taken.address + 1 FROM (:taken) AS taken) AS candidate
WHERE candidate.address BETWEEN :range::inet + 2
    AND :range::inet + least(power(2, CASE family(:range) WHEN 4 THEN 32 ELSE 128 END - masklen(:range)), 65536)::integer - 2
  AND NOT EXISTS (SELECT FROM (:taken) AS taken WHERE taken.address = candidate.address)
ORDER BY candidate.address LIMIT 1

-- packages/drivers/src/sim/projects/store.ts

-- upsertProject
INSERT INTO sim.project AS p (cloud, mark, name, quota, created_at)
VALUES (:cloud, :it.mark, :it.name, :initial, :now)
ON CONFLICT (cloud, mark) DO UPDATE SET quota = coalesce(:asked::jsonb, p.quota)
RETURNING id

-- packages/drivers/src/sim/quotas/store.ts

-- usedByProject
(
SELECT jsonb_build_object(
  'servers', count(*),
  'vcpus', coalesce(sum(greatest(s.vcpus, s.target_vcpus)), 0),
  'memoryMib', coalesce(sum(greatest(s.memory_mib, s.target_memory_mib)), 0),
  'volumes', (SELECT count(*) FROM sim.volume v WHERE v.cloud = p.cloud AND v.project_id = p.id),
  'volumeGib', (SELECT coalesce(sum(held.size_gib), 0) FROM (
    SELECT v.size_gib FROM sim.volume v WHERE v.cloud = p.cloud AND v.project_id = p.id
    UNION ALL
    SELECT w.size_gib FROM sim.snapshot w WHERE w.cloud = p.cloud AND w.project_id = p.id) AS held),
  'addresses', (SELECT count(*) FROM sim.address a WHERE a.cloud = p.cloud AND a.project_id = p.id))
FROM sim.server s WHERE s.cloud = p.cloud AND s.project_id = p.id)

-- packages/drivers/src/sim/removals/store.ts

-- findRemovable
t.mark = :what.mark

-- findRemovable
t.id = :what.externalId

-- findRemovable
true

-- findRemovable
t.project_id = :what.projectId

-- findRemovable
SELECT t.id, t.mark, :busy[kind] AS busy FROM :(table(kind)) t
WHERE t.cloud = :cloud AND :key AND :inside

-- deleteById
DELETE FROM :(table(kind)) WHERE cloud = :cloud AND id = :id

-- busy
(
EXISTS (SELECT FROM sim.network n WHERE n.cloud = t.cloud AND n.project_id = t.id) OR
EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.project_id = t.id) OR
EXISTS (SELECT FROM sim.volume v WHERE v.cloud = t.cloud AND v.project_id = t.id) OR
EXISTS (SELECT FROM sim.snapshot w WHERE w.cloud = t.cloud AND w.project_id = t.id) OR
EXISTS (SELECT FROM sim.server s WHERE s.cloud = t.cloud AND s.project_id = t.id) OR
EXISTS (SELECT FROM sim.server_group g WHERE g.cloud = t.cloud AND g.project_id = t.id) OR
EXISTS (SELECT FROM sim.rule_group r WHERE r.cloud = t.cloud AND r.project_id = t.id) OR
EXISTS (SELECT FROM sim.address a WHERE a.cloud = t.cloud AND a.project_id = t.id))

-- busy
EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.network_id = t.id)

-- busy
EXISTS (SELECT FROM sim.server s WHERE s.cloud = t.cloud AND s.port_id = t.id)

-- busy
(
t.server_id IS NOT NULL OR EXISTS (SELECT FROM sim.snapshot w WHERE w.cloud = t.cloud AND w.volume_id = t.id))

-- busy
false

-- busy
false

-- busy
EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.rule_group_ids @> ARRAY[t.id])

-- busy
false

-- busy
false

-- packages/drivers/src/sim/server-groups/store.ts

-- upsertServerGroup
INSERT INTO sim.server_group (cloud, mark, project_id, name, policy, created_at)
SELECT p.cloud, :it.mark, p.id, :it.name, :it.policy, :now
FROM sim.project p WHERE p.cloud = :cloud AND p.id = :it.projectId
ON CONFLICT (cloud, mark) DO UPDATE SET name = sim.server_group.name
RETURNING id

-- packages/drivers/src/sim/servers/power-store.ts

-- changePower
UPDATE sim.server SET powered = :(change !== 'STOPPING'), power_change = :change, power_ready_at = :readyAt,
  reboots = reboots + :(change === 'REBOOT' ? 1 : 0)
WHERE cloud = :cloud AND id = :id

-- hasImage
SELECT FROM sim.image WHERE cloud = :cloud AND name = :name

-- startRebuild
UPDATE sim.server s SET image_id = i.id, power_change = 'REBUILD', power_ready_at = :readyAt,
  rebuilds = s.rebuilds + 1
FROM sim.image i
WHERE s.cloud = :cloud AND s.id = :id AND i.cloud = s.cloud AND i.name = :imageName

-- packages/drivers/src/sim/servers/store.ts

-- serverRow
SELECT s.id, s.mark, :(serverState(now)) AS native, s.flavour_name AS "flavourName", s.ready_at AS "readyAt",
  s.power_ready_at AS "powerReadyAt", s.reboots, s.rebuilds, s.disk_on_volume AS "diskOnVolume",
  jsonb_build_object('vcpus', s.vcpus, 'memoryMib', s.memory_mib, 'diskGib', s.disk_gib) AS size,
  h.name AS "hostName", :addressesOfPort AS addresses,
  CASE WHEN s.target_ready_at IS NOT NULL THEN jsonb_build_object(
    'flavourName', s.target_flavour_name, 'hostName', t.name, 'fails', s.target_fails,
    'size', jsonb_build_object('vcpus', s.target_vcpus, 'memoryMib', s.target_memory_mib, 'diskGib', s.target_disk_gib),
    'readyAtMs', (extract(epoch FROM s.target_ready_at) * 1000)::bigint) END AS target
FROM sim.server s
JOIN sim.port q ON q.cloud = s.cloud AND q.id = s.port_id
JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
LEFT JOIN sim.host t ON t.cloud = s.cloud AND t.id = s.target_host_id

-- serverById
:(serverRow(now)) WHERE s.cloud = :cloud AND s.id = :id AND s.project_id = :projectId

-- serverByMark
:(serverRow(now)) WHERE s.cloud = :cloud AND s.mark = :mark

-- fittingFlavour
SELECT f.name, jsonb_build_object('vcpus', f.vcpus, 'memoryMib', f.memory_mib, 'diskGib', f.disk_gib) AS size
FROM sim.flavour f
WHERE f.cloud = c.name AND f.vcpus >= :size.vcpus AND f.memory_mib >= :size.memoryMib AND f.disk_gib >= :size.diskGib
ORDER BY f.vcpus, f.memory_mib, f.disk_gib, f.name LIMIT 1

-- insertFlavour
INSERT INTO sim.flavour (cloud, name, vcpus, memory_mib, disk_gib)
VALUES (:cloud, :name, :size.vcpus, :size.memoryMib, :size.diskGib)
ON CONFLICT (cloud, name) DO NOTHING

-- creationFacts
SELECT (SELECT to_jsonb(fit) FROM (:(fittingFlavour(it.size))) AS fit) AS flavour,
  p.id AS "projectId", p.quota, :usedByProject AS used,
  i.id AS "imageId", i.minimum_disk_gib AS "minimumDiskGib", i.minimum_memory_mib AS "minimumMemoryMib",
  q.id AS "portId", s.id AS holder,
  EXISTS (SELECT FROM sim.host h WHERE h.cloud = c.name AND h.zone = :it.wish.zone) AS "zoneFound",
  EXISTS (SELECT FROM sim.server_group g WHERE g.cloud = c.name AND g.id = :it.wish.groupId
    AND g.project_id = p.id) AS "groupFound"
FROM sim.cloud c
LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = :it.projectId
LEFT JOIN sim.image i ON i.cloud = c.name AND i.name = :it.imageName
LEFT JOIN sim.port q ON q.cloud = c.name AND q.id = :it.portId AND q.project_id = p.id
LEFT JOIN sim.server s ON s.cloud = c.name AND s.port_id = q.id
WHERE c.name = :cloud

-- resizeFacts
SELECT (SELECT to_jsonb(fit) FROM (:(fittingFlavour(size))) AS fit) AS flavour,
  p.quota, :usedByProject AS used
FROM sim.cloud c JOIN sim.project p ON p.cloud = c.name AND p.id = :projectId
WHERE c.name = :cloud

-- roomiestHost
SELECT h.id
FROM sim.host h LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE m.host_id = h.id) AS here, count(*) FILTER (WHERE m.host_id <> h.id) AS elsewhere,
    min(g.policy) AS policy
  FROM sim.server m JOIN sim.server_group g ON g.cloud = m.cloud AND g.id = m.group_id
  WHERE m.cloud = h.cloud AND m.group_id = (:group) AND m.id IS DISTINCT FROM :except) AS peers
WHERE h.cloud = :cloud.name AND h.enabled AND NOT h.lost
  AND (:zone::text IS NULL OR h.zone = :zone)
  AND NOT (peers.policy IS NOT DISTINCT FROM 'anti-affinity' AND peers.here > 0)
  AND NOT (peers.policy IS NOT DISTINCT FROM 'affinity' AND peers.elsewhere > 0)
  AND h.vcpus * :cloud.oversellRatio::double precision - coalesce(u.vcpus, 0) >= :size.vcpus
  AND h.memory_mib - coalesce(u.memory_mib, 0) >= :size.memoryMib
  AND (:diskOnVolume::boolean OR h.disk_gib - coalesce(u.disk_gib, 0) >= :size.diskGib)
ORDER BY peers.here, h.memory_mib - coalesce(u.memory_mib, 0) DESC, h.vcpus - coalesce(u.vcpus, 0) DESC, h.id LIMIT 1

-- placeServer
INSERT INTO sim.server (
  cloud, mark, project_id, name, image_id, port_id, host_id, flavour_name, vcpus, memory_mib, disk_gib,
  created_at, ready_at, broken, disk_on_volume, group_id)
SELECT :cloud.name, :it.mark, :it.projectId, :it.name, :it.imageId, :it.portId, h.id,
  :it.fit.name, :it.fit.size.vcpus, :it.fit.size.memoryMib, :it.fit.size.diskGib,
  :now, :it.readyAt, :it.broken, :it.diskOnVolume, :it.wish.groupId
FROM (:(roomiestHost(cloud, { size: it.fit.size, diskOnVolume: it.diskOnVolume, zone: it.wish.zone, group: sql, except: null, }))) AS h
RETURNING id

-- placeServer
:it.wish.groupId::text

-- startResize
UPDATE sim.server s SET target_host_id = h.id, target_flavour_name = :fit.name,
  target_vcpus = :fit.size.vcpus, target_memory_mib = :fit.size.memoryMib,
  target_disk_gib = :fit.size.diskGib, target_ready_at = :readyAt, target_fails = :fails
FROM (:(roomiestHost(cloud, { size: fit.size, diskOnVolume, zone: null, group: sql, except: id, }))) AS h
WHERE s.cloud = :cloud.name AND s.id = :id
RETURNING s.id

-- startResize
SELECT group_id FROM sim.server WHERE cloud = :cloud.name AND id = :id

-- confirmResize
UPDATE sim.server SET host_id = target_host_id, flavour_name = target_flavour_name, vcpus = target_vcpus,
  memory_mib = target_memory_mib, disk_gib = target_disk_gib, :noTarget
WHERE cloud = :cloud AND id = :id

-- revertResize
UPDATE sim.server SET :noTarget WHERE cloud = :cloud AND id = :id

-- noTarget
target_host_id = NULL, target_flavour_name = NULL, target_vcpus = NULL,
target_memory_mib = NULL, target_disk_gib = NULL, target_ready_at = NULL, target_fails = false

-- updateName
UPDATE sim.server SET name = :name WHERE cloud = :cloud AND id = :id

-- startRemoval
UPDATE sim.server SET gone_at = least(gone_at, :goneAt) WHERE cloud = :cloud AND id = :id
RETURNING gone_at AS "goneAt"

-- packages/drivers/src/sim/snapshots/store.ts

-- snapshotRow
SELECT w.id, w.volume_id AS "volumeId", w.size_gib AS "sizeGib", w.ready_at AS "readyAt",
  NOT EXISTS (SELECT FROM sim.snapshot later WHERE later.cloud = w.cloud AND later.volume_id = w.volume_id
    AND later.number > w.number) AS newest
FROM sim.snapshot w

-- snapshotById
:snapshotRow WHERE w.cloud = :cloud AND w.id = :id AND w.project_id = :projectId

-- snapshotByMark
:snapshotRow WHERE w.cloud = :cloud AND w.mark = :mark

-- insertSnapshot
INSERT INTO sim.snapshot (cloud, mark, project_id, volume_id, name, size_gib, created_at, ready_at)
VALUES (:cloud, :it.mark, :it.projectId, :it.volumeId, :it.name, :it.sizeGib, :now, :readyAt)

-- packages/drivers/src/sim/stock/store.ts

-- hostRooms
SELECT h.id, h.name, h.zone, h.vcpus, h.memory_mib AS "memoryMib", coalesce(u.vcpus, 0) AS "usedVcpus",
  coalesce(u.memory_mib, 0) AS "usedMemoryMib"
FROM sim.host h LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
WHERE h.cloud = :cloud AND h.enabled AND NOT h.lost ORDER BY h.name

-- imagesOf
SELECT id, name FROM sim.image WHERE cloud = :cloud ORDER BY name

-- flavoursOf
SELECT name, vcpus, memory_mib AS "memoryMib" FROM sim.flavour WHERE cloud = :cloud
ORDER BY vcpus, memory_mib, name

-- stockProjects
INSERT INTO sim.project (cloud, id, mark, name, created_at)
SELECT :cloud, x.id, x.mark, x.name, x."createdAt"
FROM json_to_recordset(:(JSON.stringify(stock))::json)
  AS x(id text, mark text, name text, "createdAt" timestamptz)

-- stockNetworks
INSERT INTO sim.network (cloud, id, mark, project_id, name, cidr, subnet_id, router_id, created_at)
SELECT :cloud, x.id, x.mark, x."projectId", x.name, x.cidr, x."subnetId", x."routerId", x."createdAt"
FROM json_to_recordset(:(JSON.stringify(stock))::json) AS x(
  id text, mark text, "projectId" text, name text, cidr cidr, "subnetId" text, "routerId" text,
  "createdAt" timestamptz)

-- stockPorts
INSERT INTO sim.port (cloud, id, mark, project_id, name, network_id, fixed_address, created_at)
SELECT :cloud, x.id, x.mark, x."projectId", x.name, x."networkId", x."fixedAddress", x."createdAt"
FROM json_to_recordset(:(JSON.stringify(stock))::json) AS x(
  id text, mark text, "projectId" text, name text, "networkId" text, "fixedAddress" inet, "createdAt" timestamptz)

-- stockServers
INSERT INTO sim.server (
  cloud, id, mark, project_id, name, image_id, port_id, host_id, flavour_name, vcpus, memory_mib, disk_gib,
  created_at, ready_at, broken, load_profile)
SELECT :cloud, x.id, x.mark, x."projectId", x.name, x."imageId", x."portId", x."hostId", x."flavourName", x.vcpus,
  x."memoryMib", x."diskGib", x."createdAt", x."createdAt", false, x."loadProfile"
FROM json_to_recordset(:(JSON.stringify(stock))::json) AS x(
  id text, mark text, "projectId" text, name text, "imageId" text, "portId" text, "hostId" text,
  "flavourName" text, vcpus integer, "memoryMib" integer, "diskGib" integer, "createdAt" timestamptz,
  "loadProfile" text)

-- stockVolumes
INSERT INTO sim.volume (cloud, id, mark, project_id, name, size_gib, server_id, created_at, ready_at)
SELECT :cloud, x.id, x.mark, x."projectId", x.name, x."sizeGib", x."serverId", x."createdAt", x."createdAt"
FROM json_to_recordset(:(JSON.stringify(stock))::json) AS x(
  id text, mark text, "projectId" text, name text, "sizeGib" integer, "serverId" text, "createdAt" timestamptz)

-- stockAddresses
INSERT INTO sim.address (cloud, id, mark, project_id, name, address, port_id, created_at)
SELECT :cloud, x.id, x.mark, x."projectId", x.name, x.address, x."portId", x."createdAt"
FROM json_to_recordset(:(JSON.stringify(stock))::json) AS x(
  id text, mark text, "projectId" text, name text, address inet, "portId" text, "createdAt" timestamptz)

-- packages/drivers/src/sim/usage/store.ts

-- usageOf
SELECT it.project_id AS "projectId", it.id AS "serverId", it.name, it.vcpus, it.memory_mib AS "memoryMib",
  it.disk_gib AS "diskGib",
  (extract(epoch FROM least(it.gone_at, :to::timestamptz) - greatest(it.ready_at, :from::timestamptz)) * 1000)
    ::double precision AS ms
FROM (
  SELECT id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at FROM sim.server WHERE cloud = :cloud
  UNION ALL
  SELECT id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at FROM sim.ended_server
  WHERE cloud = :cloud AND gone_at > :from) AS it
WHERE it.id > :after AND it.ready_at < :to AND coalesce(it.gone_at > :from, true)
ORDER BY it.id LIMIT :limit

-- packages/drivers/src/sim/volumes/store.ts

-- volumeFactsByMark
v.mark = :mark

-- volumeFactsById
v.id = :id AND v.project_id = :projectId

-- volumeFacts
SELECT v.id, v.mark, v.size_gib AS "sizeGib", v.server_id AS "serverId", v.ready_at AS "readyAt",
  p.id AS "projectId", p.quota, :usedByProject AS used,
  (SELECT coalesce(sum(size_gib), 0)::integer FROM (
    SELECT size_gib FROM sim.volume WHERE cloud = c.name
    UNION ALL
    SELECT size_gib FROM sim.snapshot WHERE cloud = c.name) AS stored) AS "storedGib"
FROM sim.cloud c
LEFT JOIN sim.volume v ON v.cloud = c.name AND :key
LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = :projectId
WHERE c.name = :cloud

-- insertVolume
INSERT INTO sim.volume (cloud, mark, project_id, name, size_gib, created_at, ready_at)
VALUES (:cloud, :it.mark, :it.projectId, :it.name, :it.sizeGib, :now, :readyAt)
RETURNING id

-- insertSystemVolume
INSERT INTO sim.volume (cloud, project_id, name, size_gib, server_id, system_of, created_at, ready_at)
VALUES (:cloud, :it.projectId, '', :it.sizeGib, :it.serverId, :it.serverId, :now, :now)

-- updateSize
UPDATE sim.volume SET size_gib = :sizeGib WHERE cloud = :cloud AND id = :id

-- updateName
UPDATE sim.volume SET name = :name WHERE cloud = :cloud AND id = :id

-- attachmentFacts
SELECT v.mark, v.server_id AS "attachedTo", v.ready_at <= :now AS ready,
  CASE WHEN s.id IS NOT NULL THEN :(serverState(now)) END AS "serverState"
FROM sim.volume v
LEFT JOIN sim.server s ON s.cloud = v.cloud AND s.id = :it.serverId AND s.project_id = v.project_id
LEFT JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
WHERE v.cloud = :cloud AND v.id = :it.volumeId AND v.project_id = :projectId

-- attachVolume
UPDATE sim.volume SET server_id = :serverId WHERE cloud = :cloud AND id = :volumeId

-- detachVolume
UPDATE sim.volume SET server_id = NULL WHERE cloud = :cloud AND id = :volumeId
