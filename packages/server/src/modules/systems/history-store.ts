import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { SystemRow } from './store.ts'

/** Many at once, for what is brought in from elsewhere; nothing is recorded of it. */
export const insertSystems = (tx: Tx, systems: readonly SystemRow[]): Promise<number> =>
  run(
    tx,
    sql`insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
        select x.id, x."organisationId", x.name, x."securityGrade", x."dataClass", x."recoveryMode", x.zone, x."createdAt"
        from json_to_recordset(${JSON.stringify(systems)}::json) as x(
          id uuid, "organisationId" uuid, name text, "securityGrade" integer, "dataClass" text, "recoveryMode" text,
          zone text, "createdAt" timestamptz)`,
  )
