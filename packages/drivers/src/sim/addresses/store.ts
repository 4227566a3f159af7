import type { ProjectQuota } from '@yiduo/driver-api'
import sql from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'
import { lowestFreeAddress } from '../networks/store.ts'
import { usedByProject } from '../quotas/store.ts'

export interface BindingFacts {
  /** The address with the mark, when there is one already. */
  readonly id: string | null
  readonly address: string | null
  readonly boundTo: string | null
  readonly projectId: string | null
  readonly quota: ProjectQuota | null
  readonly used: ProjectQuota
  readonly portId: string | null
  readonly routed: boolean
  /** Another address that the port has. */
  readonly otherAddress: string | null
}

export const bindingFacts = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly projectId: string; readonly portId: string },
): Promise<BindingFacts | null> =>
  firstOf(
    tx,
    sql`SELECT a.id, host(a.address) AS address, a.port_id AS "boundTo",
        p.id AS "projectId", p.quota, ${usedByProject} AS used,
        q.id AS "portId", n.router_id IS NOT NULL AS routed, host(o.address) AS "otherAddress"
      FROM sim.cloud c
      LEFT JOIN sim.address a ON a.cloud = c.name AND a.mark = ${it.mark}
      LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = ${it.projectId}
      LEFT JOIN sim.port q ON q.cloud = c.name AND q.id = ${it.portId} AND q.project_id = p.id
      LEFT JOIN sim.network n ON n.cloud = c.name AND n.id = q.network_id
      LEFT JOIN sim.address o ON o.cloud = c.name AND o.port_id = q.id AND o.mark IS DISTINCT FROM ${it.mark}
      WHERE c.name = ${cloud}`,
  )

export const bindAgain = (
  tx: SimDatabase,
  cloud: string,
  id: string,
  portId: string,
): Promise<{ id: string; address: string } | null> =>
  firstOf(
    tx,
    sql`UPDATE sim.address SET port_id = ${portId} WHERE cloud = ${cloud} AND id = ${id}
      RETURNING id, host(address) AS address`,
  )

/** Null when the external range is used up. */
export const insertAddress = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly name: string; readonly projectId: string; readonly portId: string },
  now: Date,
): Promise<{ id: string; address: string } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.address (cloud, mark, project_id, name, address, port_id, created_at)
      SELECT c.name, ${it.mark}, ${it.projectId}, ${it.name}, free.address, ${it.portId}, ${now}
      FROM sim.cloud c CROSS JOIN LATERAL (${lowestFreeAddress(
        sql`c.external_range`,
        sql`SELECT a.address FROM sim.address a WHERE a.cloud = c.name`,
      )}) AS free
      WHERE c.name = ${cloud}
      RETURNING id, host(address) AS address`,
  )
