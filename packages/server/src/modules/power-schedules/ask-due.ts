import { toId } from '@yiduo/contract'
import { everything, programAct } from '../../kernel/act.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { calendarAround } from './calendar.ts'
import { type Instant, newestDue } from './model.ts'
import type { PowerScheduleDeps } from './service.ts'
import * as store from './store.ts'

const atOnce = 500
/** Smaller than every id. */
const beforeAll = '00000000-0000-0000-0000-000000000000'

interface Due {
  readonly schedule: store.ScheduleRow
  readonly instant: Instant
  readonly serverId: string
}

/** A note from a time that is still to come is of a clock that was wrong. */
const isSeenTo = (notedTo: Date, instant: Instant, now: Date): boolean => notedTo >= instant.at && notedTo <= now

/** The list of servers may be minutes old: one may have gone to another system, or have its own schedule by now. */
const isStillFor = async (
  deps: PowerScheduleDeps,
  tx: Tx,
  act: ReturnType<typeof programAct>,
  row: store.ScheduleRow,
  serverId: string,
): Promise<boolean> => {
  const server = await deps.resources.reach(tx, act, serverId, 'server')
  if (server?.systemId !== row.systemId) return false
  return row.serverId !== null || !(await store.hasOwn(tx, serverId))
}

/**
 * The schedule, locked, with what it asked of the server before; null where nothing is left to do: it was edited or
 * removed since the look, or somebody else has seen to this instant.
 */
const lockFor = async (deps: PowerScheduleDeps, tx: Tx, { schedule, instant, serverId }: Due) => {
  const row = await store.lockSchedule(tx, everything, schedule.id)
  if (row?.revision !== schedule.revision) return null
  const before = await store.runOf(tx, row.id, serverId)
  return before && isSeenTo(before.dueAt, instant, deps.clock.now()) ? null : { row, before }
}

/**
 * In one commit with its note, under the lock of the schedule: whoever comes second finds the note. What the schedule
 * asked for the time before and nobody has decided since is void by now, or it would be approved against its time.
 */
const ask = (deps: PowerScheduleDeps, act: ReturnType<typeof programAct>, it: Due): Promise<null | Refusal> =>
  deps.database.transaction(act, async (tx) => {
    const locked = await lockFor(deps, tx, it)
    if (locked === null) return null
    const { row, before } = locked
    const { instant, serverId } = it
    if (!(await isStillFor(deps, tx, act, row, serverId))) return null
    const remark = toId('powerSchedule', row.id)
    if (before?.requestId) await deps.power.withdrawOpen(tx, before.requestId, remark)
    const asked = await deps.power.askPower(tx, act, {
      kind: instant.power,
      serverId: toId('server', serverId),
      remark,
    })
    if (isRefusal(asked)) return asked
    await store.saveRun(tx, { scheduleId: row.id, serverId, dueAt: instant.at, requestId: asked })
    return null
  })

/** What cannot be asked is told once, and not tried again before the next instant. */
const giveUp = (
  deps: PowerScheduleDeps,
  act: ReturnType<typeof programAct>,
  it: Due,
  { refused }: Refusal,
): Promise<void> =>
  deps.database.transaction(act, async (tx) => {
    const locked = await lockFor(deps, tx, it)
    if (locked === null) return
    const { row } = locked
    const { instant, serverId } = it
    await store.saveRun(tx, { scheduleId: row.id, serverId, dueAt: instant.at, requestId: null })
    await deps.record(tx, {
      as: 'power-schedule.failed',
      on: toId('powerSchedule', row.id),
      organisationId: row.organisationId,
      after: {
        systemId: toId('system', row.systemId),
        serverId: toId('server', serverId),
        power: instant.power,
        dueAt: instant.at,
        fault: refused,
      },
    })
  })

/** Whether nothing is left to do for the server at this instant; what is busy is tried again, until the next one. */
const seeTo = async (deps: PowerScheduleDeps, it: Due): Promise<boolean> => {
  const act = programAct('power-schedule', `server.${it.instant.power}`, it.schedule.id)
  const refusal = await ask(deps, act, it)
  if (refusal === null) return true
  if (refusal.refused.code === 'resource-busy') return false
  await giveUp(deps, act, it, refusal)
  return true
}

/** In use, in the system still, and with no schedule of its own where the schedule is the system's. */
const serversOf = async (deps: PowerScheduleDeps, tx: Tx, schedule: store.ScheduleRow): Promise<readonly string[]> => {
  const inUse = await deps.resources.serversInUse(tx, schedule.systemId)
  if (schedule.serverId !== null) return inUse.filter((id) => id === schedule.serverId)
  const own = await store.serversWithOwn(tx, schedule.systemId)
  return inUse.filter((id) => !own.has(id))
}

const askFor = async (deps: PowerScheduleDeps, schedule: store.ScheduleRow, instant: Instant): Promise<void> => {
  const { plain } = deps.database
  const seenTo = new Set(
    (await store.runsOf(plain, schedule.id))
      .filter((it) => isSeenTo(it.dueAt, instant, deps.clock.now()))
      .map((it) => it.serverId),
  )
  let isSettled = true
  for (const serverId of await serversOf(deps, plain, schedule))
    if (!seenTo.has(serverId)) isSettled = (await seeTo(deps, { schedule, instant, serverId })) && isSettled
  if (isSettled) await store.settle(plain, schedule, instant.at)
}

/** One round: each schedule whose newest instant has come and is not settled. */
export const askDue = (deps: PowerScheduleDeps) => async (): Promise<void> => {
  const { plain } = deps.database
  const calendar = await calendarAround(deps, plain)
  for (let after = beforeAll, found = atOnce; found === atOnce; ) {
    const schedules = await store.schedulesAfter(plain, after, atOnce)
    for (const schedule of schedules) {
      const now = deps.clock.now()
      const instant = newestDue(schedule, calendar, now)
      if (instant && instant.at > schedule.holdsFrom && !isSeenTo(schedule.settledTo, instant, now))
        await askFor(deps, schedule, instant)
    }
    found = schedules.length
    after = schedules.at(-1)?.id ?? after
  }
}
