import type { Measure, ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { rows, type Tx } from '../../platform/database/index.ts'
import type { Desired } from './model.ts'

/** On which platform each resource lies, ended ones too: a resource never moves. */
export const platformsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; platformId: string }[]> =>
  rows(tx, sql`select id, platform_id from resources where id = any(${[...ids]}::uuid[])`)

export interface StandingRow {
  readonly kind: ResourceKind
  readonly systemId: string
  readonly metering: Readonly<Record<Measure, string>>
  readonly desired: Desired
}

/** What an organisation has, or was promised by an approval. */
export const standingOf = (tx: Tx, organisationId: string): Promise<StandingRow[]> =>
  rows(
    tx,
    sql`select kind, system_id, metering, desired from resources
        where organisation_id = ${organisationId} and ended_at is null
          and state in ('planned', 'building', 'test', 'formal')`,
  )
