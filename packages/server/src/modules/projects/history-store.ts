import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { ProjectRow } from './store.ts'

/** Projects that stand on their clouds with their networks. */
export type PastProject = Pick<ProjectRow, 'id' | 'systemId' | 'platformId' | 'projectRef' | 'networkRef' | 'createdAt'>

export const insertPastProjects = (tx: Tx, projects: readonly PastProject[]): Promise<number> =>
  run(
    tx,
    sql`insert into projects (id, system_id, platform_id, state, project_ref, network_ref, created_at)
        select x.id, x."systemId", x."platformId", 'live', x."projectRef", x."networkRef", x."createdAt"
        from json_to_recordset(${JSON.stringify(projects)}::json) as x(
          id uuid, "systemId" uuid, "platformId" uuid, "projectRef" jsonb, "networkRef" jsonb, "createdAt" timestamptz)`,
  )
