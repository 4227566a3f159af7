import type { IdentityPolicy } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, run, type Tx } from '../../platform/database/index.ts'

export type Settings = Omit<IdentityPolicy, 'revision'>

export const findPolicy = (tx: Tx): Promise<{ settings: Settings; revision: number } | null> =>
  maybeRow(tx, sql`select settings, revision from identity_policy`)

/** The first; one that is there already stays. */
export const insertPolicy = (tx: Tx, settings: Settings): Promise<number> =>
  run(
    tx,
    sql`insert into identity_policy (settings, revision) values (${JSON.stringify(settings)}, 1) on conflict do nothing`,
  )

/** How many rows were of that revision: one, or none. */
export const updatePolicy = (tx: Tx, settings: Settings, revision: number): Promise<number> =>
  run(
    tx,
    sql`update identity_policy set settings = ${JSON.stringify(settings)}, revision = revision + 1
        where revision = ${revision}`,
  )
