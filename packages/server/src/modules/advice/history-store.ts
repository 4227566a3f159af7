import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { AdviceRow } from './store.ts'

/** Advice that came to its end long ago. */
export type PastAdvice = Pick<
  AdviceRow,
  | 'id'
  | 'kind'
  | 'resourceId'
  | 'resourceKind'
  | 'organisationId'
  | 'systemId'
  | 'parameters'
  | 'monthlySavingYuanE4'
  | 'state'
  | 'foundAt'
  | 'endedAt'
>

export const insertPastAdvice = (tx: Tx, advice: readonly PastAdvice[]): Promise<number> =>
  run(
    tx,
    sql`insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters,
                            monthly_saving_yuan_e4, state, found_at, ended_at)
        select x.id, x.kind, x."resourceId", x."resourceKind", x."organisationId", x."systemId", x.parameters,
               x."monthlySavingYuanE4", x.state, x."foundAt", x."endedAt"
        from json_to_recordset(${JSON.stringify(advice)}::json) as x(
          id uuid, kind text, "resourceId" uuid, "resourceKind" text, "organisationId" uuid, "systemId" uuid,
          parameters jsonb, "monthlySavingYuanE4" bigint, state text, "foundAt" timestamptz, "endedAt" timestamptz)`,
  )
