import type { ServerGroupPolicy } from '@yiduo/driver-api'
import sql from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'

/** Null when the project does not exist. */
export const upsertServerGroup = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly name: string; readonly projectId: string; readonly policy: ServerGroupPolicy },
  now: Date,
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.server_group (cloud, mark, project_id, name, policy, created_at)
      SELECT p.cloud, ${it.mark}, p.id, ${it.name}, ${it.policy}, ${now}
      FROM sim.project p WHERE p.cloud = ${cloud} AND p.id = ${it.projectId}
      ON CONFLICT (cloud, mark) DO UPDATE SET name = sim.server_group.name
      RETURNING id`,
  )
