import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { UsageRow } from './store.ts'

/** What was held, known in full beforehand; whoever writes it keeps the intervals of a thing free of gaps and overlaps. */
export const insertIntervals = (tx: Tx, intervals: readonly UsageRow[]): Promise<number> =>
  run(
    tx,
    sql`insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id,
                                     component_id, phase, quantity, started_at, ended_at)
        select x.id, x."resourceId", x."resourceKind", x."resourceName", x."organisationId", x."systemId",
               x."componentId", x.phase, x.quantity, x."startedAt", x."endedAt"
        from json_to_recordset(${JSON.stringify(intervals)}::json) as x(
          id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, "organisationId" uuid, "systemId" uuid,
          "componentId" uuid, phase text, quantity bigint, "startedAt" timestamptz, "endedAt" timestamptz)`,
  )
