import {
  type BodyOf,
  fromId,
  type PowerSchedule,
  type powerScheduleCreate,
  type powerScheduleEdit,
  toId,
} from '@yiduo/contract'
import type { WorkingCalendar } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage, violatedConstraint } from '../../platform/database/index.ts'
import type { RequestService } from '../requests/index.ts'
import type { ResourceService } from '../resources/index.ts'
import { askDue } from './ask-due.ts'
import { calendarAround } from './calendar.ts'
import { nextDue, type Rhythm } from './model.ts'
import * as store from './store.ts'

export interface PowerScheduleDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly reachSystem: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string; organisationId: string } | null>
  readonly daysUnlike: (tx: Tx, from: string, before: string) => Promise<ReadonlyMap<string, boolean>>
  readonly resources: Pick<ResourceService, 'reach' | 'inability' | 'serversInUse'>
  readonly power: Pick<RequestService, 'askPower' | 'withdrawOpen'>
}

const viewIn =
  (calendar: WorkingCalendar, now: Date) =>
  (row: store.ScheduleRow): PowerSchedule => {
    const next = nextDue(row, calendar, now)
    return {
      id: toId('powerSchedule', row.id),
      organisationId: toId('organisation', row.organisationId),
      systemId: toId('system', row.systemId),
      serverId: row.serverId && toId('server', row.serverId),
      days: [...row.days],
      stopAt: row.stopAt,
      startAt: row.startAt,
      nextPower: next?.power ?? null,
      nextAt: next?.at.toISOString() ?? null,
      revision: row.revision,
      updatedAt: row.updatedAt.toISOString(),
    }
  }

/** A server that is to be stopped and started at one instant is neither. */
const contradiction = ({ stopAt, startAt }: Rhythm): Refusal | null =>
  stopAt === startAt ? refuse('input-invalid', { field: 'startAt', problem: 'begins-as-it-ends' }) : null

const rhythmOf = ({ days, stopAt, startAt }: Rhythm): Rhythm => ({ days: [...new Set(days)], stopAt, startAt })

/** The one server it is for, if the act reaches it and its cloud can do it; null: for the system as a whole. */
const serverOf = async (
  deps: PowerScheduleDeps,
  tx: Tx,
  act: Act,
  systemId: string,
  id: string | undefined,
): Promise<string | null | Refusal> => {
  if (id === undefined) return null
  const uuid = fromId('server', id)
  const server = uuid && (await deps.resources.reach(tx, act, uuid, 'server'))
  if (!server || server.systemId !== systemId) return refuse('not-found')
  if (server.endedAt !== null) return refuse('resource-not-changeable', { state: server.state })
  return (await deps.resources.inability(tx, server, 'serverPower')) ?? server.id
}

const create =
  (deps: PowerScheduleDeps) =>
  async (act: Act, ask: BodyOf<typeof powerScheduleCreate>): Promise<PowerSchedule | Refusal> => {
    try {
      return await deps.database.transaction(act, async (tx) => {
        const uuid = fromId('system', ask.systemId)
        const system = uuid && (await deps.reachSystem(tx, act, uuid))
        if (!system) return refuse('not-found')
        const serverId = await serverOf(deps, tx, act, system.id, ask.serverId)
        if (isRefusal(serverId)) return serverId
        const contradictory = contradiction(ask)
        if (contradictory) return contradictory
        const now = deps.clock.now()
        const of = { id: deps.newId(), organisationId: system.organisationId, systemId: system.id, serverId }
        const row = { ...of, ...rhythmOf(ask), holdsFrom: now, settledTo: now, revision: 1, updatedAt: now }
        await store.insertSchedule(tx, row)
        const made = viewIn(await calendarAround(deps, tx), now)(row)
        await deps.record(tx, { on: made.id, organisationId: row.organisationId, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'power_schedules_system_id_server_id_key')
        return refuse('power-schedule-exists')
      throw error
    }
  }

/** It holds from now on: an instant that came before by the new times is none of it. */
const edit =
  (deps: PowerScheduleDeps) =>
  (
    act: Act,
    id: string,
    ask: BodyOf<typeof powerScheduleEdit>,
    revision: number | null,
  ): Promise<PowerSchedule | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('powerSchedule', id)
      const row = uuid && (await store.lockSchedule(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const refusal = staleBy(revision, row.revision) ?? contradiction(ask)
      if (refusal) return refusal
      const now = deps.clock.now()
      const edited = {
        ...row,
        ...rhythmOf(ask),
        holdsFrom: now,
        settledTo: now,
        revision: row.revision + 1,
        updatedAt: now,
      }
      await store.updateSchedule(tx, edited)
      const view = viewIn(await calendarAround(deps, tx), now)
      await deps.record(tx, { on: id, organisationId: row.organisationId, before: view(row), after: view(edited) })
      return view(edited)
    })

const remove =
  (deps: PowerScheduleDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('powerSchedule', id)
      const row = uuid && (await store.lockSchedule(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      await store.deleteSchedule(tx, row.id)
      const before = viewIn(await calendarAround(deps, tx), deps.clock.now())(row)
      await deps.record(tx, { on: id, organisationId: row.organisationId, before })
      return null
    })

const list =
  (deps: PowerScheduleDeps) => async (act: Act, query: { limit?: number; cursor?: string; systemId?: string }) => {
    const { plain } = deps.database
    const page = keyset(query)
    const systemId = query.systemId === undefined ? null : fromId('system', query.systemId)
    const found = await store.listSchedules(plain, act.scope, systemId, page)
    return toPage(found, page, viewIn(await calendarAround(deps, plain), deps.clock.now()))
  }

export const createPowerScheduleService = (deps: PowerScheduleDeps) => ({
  create: create(deps),
  edit: edit(deps),
  remove: remove(deps),
  list: list(deps),
  askDue: askDue(deps),
})

export type PowerScheduleService = ReturnType<typeof createPowerScheduleService>
