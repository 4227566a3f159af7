import type { ProjectQuota } from '@yiduo/driver-api'
import sql from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'

/** A project that is there already keeps its name, and takes the quota now asked for. */
export const upsertProject = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly name: string; readonly quota: ProjectQuota | null },
  /** Of a new one that asks for none. */
  defaultQuota: ProjectQuota | null,
  now: Date,
): Promise<{ id: string } | null> => {
  const asked = it.quota && JSON.stringify(it.quota)
  const initial = asked ?? (defaultQuota && JSON.stringify(defaultQuota))
  return firstOf(
    tx,
    sql`INSERT INTO sim.project AS p (cloud, mark, name, quota, created_at)
      VALUES (${cloud}, ${it.mark}, ${it.name}, ${initial}, ${now})
      ON CONFLICT (cloud, mark) DO UPDATE SET quota = coalesce(${asked}::jsonb, p.quota)
      RETURNING id`,
  )
}
