import sql, { type Sql } from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'

export interface NetworkRow {
  readonly id: string
  readonly subnetId: string
  readonly ipv6SubnetId: string | null
  readonly routerId: string | null
}

/** One that is there already gets the router or the IPv6 that it lacks. Null when the project does not exist. */
export const upsertNetwork = (
  tx: SimDatabase,
  cloud: string,
  it: {
    readonly mark: string
    readonly name: string
    readonly projectId: string
    readonly cidr: string
    readonly ipv6Cidr: string | null
  },
  routed: boolean,
  now: Date,
): Promise<NetworkRow | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.network AS n (cloud, mark, project_id, name, cidr, ipv6_cidr, ipv6_subnet_id, router_id,
        created_at)
      SELECT p.cloud, ${it.mark}, p.id, ${it.name}, network(${it.cidr}::inet),
        network(${it.ipv6Cidr}::inet), CASE WHEN ${it.ipv6Cidr}::text IS NOT NULL THEN gen_random_uuid() END,
        CASE WHEN ${routed}::boolean THEN gen_random_uuid() END, ${now}
      FROM sim.project p WHERE p.cloud = ${cloud} AND p.id = ${it.projectId}
      ON CONFLICT (cloud, mark) DO UPDATE SET router_id = coalesce(n.router_id, excluded.router_id),
        ipv6_cidr = coalesce(n.ipv6_cidr, excluded.ipv6_cidr),
        ipv6_subnet_id = coalesce(n.ipv6_subnet_id, excluded.ipv6_subnet_id)
      RETURNING id, subnet_id AS "subnetId", ipv6_subnet_id AS "ipv6SubnetId", router_id AS "routerId"`,
  )

export interface PortPlace {
  /** Set when a port with the mark is there already. */
  readonly id: string | null
  readonly fixedAddress: string | null
  readonly ipv6Address: string | null
  readonly networkFound: boolean
  readonly projectFound: boolean
}

export const findPortPlace = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly projectId: string; readonly networkId: string },
): Promise<PortPlace | null> =>
  firstOf(
    tx,
    sql`SELECT q.id, host(q.fixed_address) AS "fixedAddress", host(q.ipv6_address) AS "ipv6Address", n.id IS NOT NULL AS "networkFound",
        p.id IS NOT NULL AS "projectFound"
      FROM sim.cloud c
      LEFT JOIN sim.port q ON q.cloud = c.name AND q.mark = ${it.mark}
      LEFT JOIN sim.network n ON n.cloud = c.name AND n.id = ${it.networkId}
      LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = ${it.projectId}
      WHERE c.name = ${cloud}`,
  )

/** Null when the network's range is used up. */
export const insertPort = (
  tx: SimDatabase,
  cloud: string,
  it: {
    readonly mark: string
    readonly name: string
    readonly projectId: string
    readonly networkId: string
    readonly ruleGroupIds?: readonly string[]
  },
  now: Date,
): Promise<{ id: string; fixedAddress: string; ipv6Address: string | null } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.port (cloud, mark, project_id, name, network_id, fixed_address, created_at,
        rule_group_ids, ipv6_address)
      SELECT n.cloud, ${it.mark}, ${it.projectId}, ${it.name}, n.id, free.address, ${now}, ${it.ruleGroupIds ?? null}::text[],
        free6.address
      FROM sim.network n CROSS JOIN LATERAL (${lowestFreeAddress(
        sql`n.cidr`,
        sql`SELECT q.fixed_address AS address FROM sim.port q WHERE q.cloud = n.cloud AND q.network_id = n.id`,
      )}) AS free
      LEFT JOIN LATERAL (${lowestFreeAddress(
        sql`n.ipv6_cidr`,
        sql`SELECT q.ipv6_address AS address FROM sim.port q WHERE q.cloud = n.cloud AND q.network_id = n.id`,
      )}) AS free6 ON true
      WHERE n.cloud = ${cloud} AND n.id = ${it.networkId}
      RETURNING id, host(fixed_address) AS "fixedAddress", host(ipv6_address) AS "ipv6Address"`,
  )

/**
 * Network address and gateway are never given out, nor is what `taken` holds. The lowest free one is the first of the
 * range or comes right behind a taken one: a range of many thousands need not be walked.
 */
export const lowestFreeAddress = (range: Sql, taken: Sql): Sql => sql`
  SELECT candidate.address
  FROM (SELECT ${range}::inet + 2 AS address UNION ALL SELECT taken.address + 1 FROM (${taken}) AS taken) AS candidate
  WHERE candidate.address BETWEEN ${range}::inet + 2
      AND ${range}::inet + least(power(2, CASE family(${range}) WHEN 4 THEN 32 ELSE 128 END - masklen(${range})), 65536)::integer - 2
    AND NOT EXISTS (SELECT FROM (${taken}) AS taken WHERE taken.address = candidate.address)
  ORDER BY candidate.address LIMIT 1`
