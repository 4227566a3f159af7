import type { NetworkRef, ProjectQuota, ProjectRef } from '@yiduo/driver-api'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx, write } from '../../platform/database/index.ts'

/** The cloud's project of one business system on one platform, with its network. */
export interface ProjectRow {
  readonly id: string
  readonly systemId: string
  readonly platformId: string
  readonly state: 'live' | 'retiring'
  readonly projectRef: ProjectRef | null
  readonly networkRef: NetworkRef | null
  readonly quota: ProjectQuota | null
  readonly busyWith: string | null
  readonly suspect: boolean
  readonly createdAt: Date
}

const columns = sql`id, system_id, platform_id, state, project_ref, network_ref, quota, busy_with, suspect, created_at`

/** Makes the row if need be and locks it: whoever would retire it waits, and then sees our resources. */
export const lockProject = async (
  tx: Tx,
  it: { id: string; systemId: string; platformId: string; now: Date },
): Promise<ProjectRow> => {
  await run(
    tx,
    sql`insert into projects (id, system_id, platform_id, state, created_at)
        values (${it.id}, ${it.systemId}, ${it.platformId}, 'live', ${it.now}) on conflict do nothing`,
  )
  return oneRow(
    tx,
    sql`select ${columns} from projects where system_id = ${it.systemId} and platform_id = ${it.platformId} for update`,
  )
}

export const lockExisting = (tx: Tx, systemId: string, platformId: string): Promise<ProjectRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from projects where system_id = ${systemId} and platform_id = ${platformId} for update`,
  )

export const findProject = (tx: Tx, systemId: string, platformId: string): Promise<ProjectRow | null> =>
  maybeRow(tx, sql`select ${columns} from projects where system_id = ${systemId} and platform_id = ${platformId}`)

export const setBusy = (tx: Tx, id: string, busyWith: string): Promise<number> =>
  run(tx, sql`update projects set busy_with = ${busyWith} where id = ${id}`)

/**
 * What an operation that ended badly left, another makes whole again. What was noted stays, so that nothing is removed
 * over the head of what may still lie there; it is suspect, so it is looked for on the cloud before it is built upon.
 */
export const takeOver = (tx: Tx, id: string, busyWith: string): Promise<ProjectRow> =>
  oneRow(
    tx,
    sql`update projects set busy_with = ${busyWith}, state = 'live', suspect = true where id = ${id} returning ${columns}`,
  )

export const letGo = (tx: Tx, id: string, by: string): Promise<void> =>
  write(
    tx,
    sql`update projects set busy_with = null, suspect = suspect or network_ref is null
        where id = ${id} and busy_with = ${by}`,
  )

/** A network that was noted lay in the project that was noted: it is not in another one. */
export const saveProjectRef = (
  tx: Tx,
  id: string,
  projectRef: ProjectRef,
  quota: ProjectQuota | null,
): Promise<number> =>
  run(
    tx,
    sql`update projects set project_ref = ${JSON.stringify(projectRef)}, quota = ${quota && JSON.stringify(quota)},
               network_ref = case when project_ref = ${JSON.stringify(projectRef)}::jsonb then network_ref end
        where id = ${id}`,
  )

export const saveNetworkRef = (tx: Tx, id: string, networkRef: NetworkRef): Promise<number> =>
  run(
    tx,
    sql`update projects set network_ref = ${JSON.stringify(networkRef)}, busy_with = null,
               suspect = false
        where id = ${id}`,
  )

export const setRetiring = (tx: Tx, id: string, by: string): Promise<void> =>
  write(tx, sql`update projects set state = 'retiring', busy_with = ${by} where id = ${id}`)

export const deleteProject = (tx: Tx, id: string): Promise<void> =>
  write(tx, sql`delete from projects where id = ${id}`)

export const known = (tx: Tx, ids: readonly string[], platformId: string | null): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`select id from projects where id = any(${[...ids]}::uuid[])
          and (${platformId}::uuid is null or platform_id = ${platformId})`,
  )
