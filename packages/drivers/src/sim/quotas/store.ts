import sql, { type Sql } from 'sql-template-tag'

/** What the project `p` holds, keyed as its quota is. A server being resized counts with its larger figures. */
export const usedByProject: Sql = sql`(
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
  FROM sim.server s WHERE s.cloud = p.cloud AND s.project_id = p.id)`
