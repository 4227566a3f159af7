import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  listVisible,
  maybeRow,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'
import type { Rhythm } from './model.ts'

export interface ScheduleRow extends Rhythm {
  readonly id: string
  readonly organisationId: string
  readonly systemId: string
  readonly serverId: string | null
  readonly holdsFrom: Date
  readonly settledTo: Date
  readonly revision: number
  readonly updatedAt: Date
}

export const insertSchedule = (tx: Tx, it: ScheduleRow): Promise<void> =>
  write(
    tx,
    sql`insert into power_schedules (id, organisation_id, system_id, server_id, days, stop_at, start_at, holds_from, settled_to, revision, updated_at)
        values (${it.id}, ${it.organisationId}, ${it.systemId}, ${it.serverId}, ${JSON.stringify(it.days)}, ${it.stopAt},
                ${it.startAt}, ${it.holdsFrom}, ${it.settledTo}, ${it.revision}, ${it.updatedAt})`,
  )

export const updateSchedule = (tx: Tx, it: ScheduleRow): Promise<void> =>
  write(
    tx,
    sql`update power_schedules set days = ${JSON.stringify(it.days)}, stop_at = ${it.stopAt}, start_at = ${it.startAt},
          holds_from = ${it.holdsFrom}, settled_to = ${it.settledTo}, revision = ${it.revision}, updated_at = ${it.updatedAt}
        where id = ${it.id}`,
  )

export const lockSchedule = (tx: Tx, scope: Scope, id: string): Promise<ScheduleRow | null> =>
  maybeRow(tx, sql`select * from power_schedules where id = ${id} and ${visible(scope, 'organisation_id')} for update`)

export const deleteSchedule = (tx: Tx, id: string): Promise<void> =>
  write(tx, sql`delete from power_schedules where id = ${id}`)

export const listSchedules = (tx: Tx, scope: Scope, systemId: string | null, page: Keyset): Promise<ScheduleRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'power_schedules',
      columns: sql`*`,
      owner: 'organisation_id',
      filters: sql`${when(systemId, sql`and system_id = ${systemId}`)}`,
    },
    page,
  )

/** In the order of their ids, so many of those behind one. */
export const schedulesAfter = (tx: Tx, after: string, limit: number): Promise<ScheduleRow[]> =>
  rows(tx, sql`select * from power_schedules where id > ${after} order by id limit ${limit}`)

/** Servers of a system that have a schedule of their own. */
export const serversWithOwn = async (tx: Tx, systemId: string): Promise<ReadonlySet<string>> => {
  const found = await rows<{ serverId: string }>(
    tx,
    sql`select server_id from power_schedules where system_id = ${systemId} and server_id is not null`,
  )
  return new Set(found.map((it) => it.serverId))
}

export interface RunRow {
  readonly scheduleId: string
  readonly serverId: string
  readonly dueAt: Date
  readonly requestId: string | null
}

export const runsOf = (tx: Tx, scheduleId: string): Promise<RunRow[]> =>
  rows(tx, sql`select * from power_schedule_runs where schedule_id = ${scheduleId}`)

export const runOf = (tx: Tx, scheduleId: string, serverId: string): Promise<RunRow | null> =>
  maybeRow(tx, sql`select * from power_schedule_runs where schedule_id = ${scheduleId} and server_id = ${serverId}`)

export const hasOwn = async (tx: Tx, serverId: string): Promise<boolean> =>
  (await maybeRow(tx, sql`select from power_schedules where server_id = ${serverId}`)) !== null

export const saveRun = (tx: Tx, it: RunRow): Promise<void> =>
  write(
    tx,
    sql`insert into power_schedule_runs (schedule_id, server_id, due_at, request_id)
        values (${it.scheduleId}, ${it.serverId}, ${it.dueAt}, ${it.requestId})
        on conflict (schedule_id, server_id) do update set due_at = excluded.due_at, request_id = excluded.request_id`,
  )

export const settle = (tx: Tx, { id, revision }: ScheduleRow, to: Date): Promise<number> =>
  run(tx, sql`update power_schedules set settled_to = ${to} where id = ${id} and revision = ${revision}`)
