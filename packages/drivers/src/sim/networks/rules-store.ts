import sql from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'

/** One that is there already gets these rules. Null when the project does not exist. */
export const upsertRuleGroup = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly name: string; readonly projectId: string; readonly rules: readonly string[] },
  now: Date,
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.rule_group (cloud, mark, project_id, name, rules, created_at)
      SELECT p.cloud, ${it.mark}, p.id, ${it.name}, ${it.rules}::text[], ${now}
      FROM sim.project p WHERE p.cloud = ${cloud} AND p.id = ${it.projectId}
      ON CONFLICT (cloud, mark) DO UPDATE SET rules = excluded.rules
      RETURNING id`,
  )

/** The first that is none of the project's. */
export const unknownGroup = async (
  tx: SimDatabase,
  cloud: string,
  projectId: string,
  ids: readonly string[],
): Promise<string | null> => {
  const row = await firstOf<{ id: string }>(
    tx,
    sql`SELECT wanted.id FROM unnest(${ids}::text[]) AS wanted(id)
      WHERE NOT EXISTS (SELECT FROM sim.rule_group r
        WHERE r.cloud = ${cloud} AND r.id = wanted.id AND r.project_id = ${projectId})
      LIMIT 1`,
  )
  return row?.id ?? null
}

/** Null when the project has no such port. */
export const updatePortRules = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly portId: string; readonly projectId: string; readonly ruleGroupIds: readonly string[] },
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`UPDATE sim.port SET rule_group_ids = ${it.ruleGroupIds}::text[]
      WHERE cloud = ${cloud} AND id = ${it.portId} AND project_id = ${it.projectId}
      RETURNING id`,
  )
