import {
  noticeList,
  type PowerSchedule,
  platformProbe,
  powerScheduleCreate,
  powerScheduleEdit,
  powerScheduleList,
  powerScheduleRemove,
  requestDiscard,
  requestList,
  routeCreate,
  routeWithdraw,
  serverAddAddress,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, formal, problemOf, resourceOf } from '../world/orders.ts'
import { methodOf, pathWith, problemIn, rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, connectTestCloud, createWorld, type World } from '../world/world.ts'

const at = (text: string) => new Date(`${text}:00+08:00`)
const office = { days: ['working-days' as const], stopAt: '20:00', startAt: '07:30' }

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld({ startsAt: at('2026-11-23T10:00') }) // a Monday
  platformId = await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const turnTo = (text: string) => world.shift(at(text).getTime() - world.clock.now().getTime())
/** As several processes would that hold no lock: what they ask is asked once all the same. */
const askDue = () => Promise.all([1, 2, 3].map(() => world.yiduo.rooms.powerSchedules.askDue()))
const create = (systemId: string, it: object = {}) =>
  world.call('department', powerScheduleCreate, { body: { systemId, ...office, ...it } })
const remove = ({ id: powerScheduleId }: PowerSchedule) =>
  world.call('department', powerScheduleRemove, { params: { powerScheduleId } })
/** What was asked of the servers of a system, the oldest first. */
const askedOf = async (systemId: string) => {
  const { items } = await world.call('department', requestList, { query: { systemId, kind: 'change' } })
  return items.reverse().map((it) => ({ id: it.id, state: it.state, kind: it.lines[0]?.change?.kind, track: it.track }))
}
const kindsOf = async (systemId: string) => (await askedOf(systemId)).map((it) => it.kind)
const atRest = (systemId: string) =>
  world.until(async () => (await askedOf(systemId)).every((it) => it.state !== 'delivering'))

const unit = async (ask: Parameters<typeof formal>[1] = {}) => {
  const system = await createSystem(world)
  const { id } = await formal(world, { systemId: system.id, publicAddress: false, ...ask })
  const power = async () => (await resourceOf(world, id, 'server')).power
  return { id, system, server: await resourceOf(world, id, 'server'), power }
}
const noticesOf = async () => {
  await world.yiduo.reconcilers.runNow('notices')
  return (await world.call('department', noticeList, { query: { limit: 200 } })).items
}

test('servers stop in the evening and start in the morning of working days, asked once and telling why', async () => {
  const { system, power } = await unit()
  const schedule = await create(system.id)
  expect(schedule).toMatchObject({ serverId: null, nextPower: 'stop', nextAt: at('2026-11-23T20:00').toISOString() })
  await askDue() // the start of this morning was before it
  turnTo('2026-11-23T19:59')
  await askDue()
  expect(await kindsOf(system.id)).toEqual([])
  turnTo('2026-11-23T20:00')
  await askDue()
  await askDue()
  await atRest(system.id)
  expect(await power()).toBe('stopped')
  const [stop] = await askedOf(system.id)
  expect(stop).toMatchObject({ kind: 'stop', state: 'completed' })
  expect(stop?.track[0]).toMatchObject({ by: 'power-schedule', remark: schedule.id })
  turnTo('2026-11-24T07:31')
  await askDue()
  await atRest(system.id)
  expect(await power()).toBe('running')
  expect(await kindsOf(system.id)).toEqual(['stop', 'start'])
  expect((await noticesOf()).filter((it) => it.code === 'request-completed')).toEqual([])
  await remove(schedule)
})

test('after a night without any process nothing is stopped whose start is due', async () => {
  const { system, power } = await unit()
  const schedule = await create(system.id)
  turnTo('2026-11-25T09:00')
  await askDue()
  await atRest(system.id)
  expect(await kindsOf(system.id)).toEqual(['start'])
  expect(await power()).toBe('running')
  await remove(schedule)
})

test('what is busy when its time comes is asked again when it is free, and the others do not wait', async () => {
  const { id, system } = await unit()
  await formal(world, { systemId: system.id, name: 'second', publicAddress: false })
  const { id: serverId } = await resourceOf(world, id, 'server')
  const schedule = await create(system.id)
  const waiting = await world.call('department', serverAddAddress, { params: { serverId }, body: {} })
  turnTo('2026-11-25T20:01')
  await askDue()
  await atRest(system.id)
  expect(await kindsOf(system.id)).toEqual(['add-address', 'stop'])
  await world.call('department', requestDiscard, { params: { requestId: waiting.id }, body: {} })
  await askDue()
  await askDue()
  await atRest(system.id)
  expect(await kindsOf(system.id)).toEqual(['add-address', 'stop', 'stop'])
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await remove(schedule)
})

test('what a person would have to decide and has not by the next instant is void', async () => {
  const { system, power } = await unit()
  const schedule = await create(system.id)
  const stage = {
    name: '审批',
    parties: ['operator' as const],
    needs: 'any' as const,
    limitMinutes: 60,
    escalateTo: null,
  }
  const of = { code: 'all', name: '变更', operatorOrganisationId: world.province.operator.id, position: 1 }
  const conditions = { subjects: ['change' as const] }
  const route = await world.call('operator', routeCreate, { body: { ...of, conditions, stages: [stage] } })
  turnTo('2026-11-26T20:00')
  await askDue()
  expect(await askedOf(system.id)).toMatchObject([{ kind: 'stop', state: 'submitted' }])
  await world.call('operator', routeWithdraw, { params: { routeId: route.id } })
  turnTo('2026-11-27T07:30')
  await askDue()
  await atRest(system.id)
  expect(await askedOf(system.id)).toMatchObject([
    { kind: 'stop', state: 'discarded' },
    { kind: 'start', state: 'completed' },
  ])
  expect(await power()).toBe('running')
  await remove(schedule)
})

test('a server’s own schedule goes before its system’s, holds from its edit on, and is one', async () => {
  const { system, server, power } = await unit()
  const ofSystem = await create(system.id)
  const own = await create(system.id, { serverId: server.id, stopAt: '22:00' })
  expect(await problemOf(create(system.id))).toMatchObject({ status: 409, code: 'power-schedule-exists' })
  expect(await problemOf(create(system.id, { stopAt: '07:30' }))).toMatchObject({ code: 'input-invalid' })
  const elsewhere = await createSystem(world)
  expect(await problemOf(create(elsewhere.id, { serverId: server.id }))).toMatchObject({ status: 404 })
  turnTo('2026-11-27T20:30')
  await askDue()
  expect(await kindsOf(system.id)).toEqual([])

  // Moved to before now: today's is over.
  const edit = { params: { powerScheduleId: own.id }, body: { ...office, stopAt: '20:15' } }
  const edited = await world.call('department', powerScheduleEdit, edit)
  expect(edited).toMatchObject({ revision: 2, nextPower: 'start', nextAt: at('2026-11-30T07:30').toISOString() })
  const stale = await rawCall(world, methodOf(powerScheduleEdit), pathWith(powerScheduleEdit, edit.params), {
    token: await world.tokenOf('department'),
    body: edit.body,
    headers: { 'if-match': '"1"' },
  })
  expect(problemIn(stale).code).toBe('revision-stale')
  turnTo('2026-11-27T23:00')
  await askDue()
  expect(await kindsOf(system.id)).toEqual([])
  turnTo('2026-11-30T20:15')
  await askDue()
  await atRest(system.id)
  expect(await power()).toBe('stopped')
  const { items } = await world.call('department', powerScheduleList, { query: { systemId: system.id } })
  expect(items.map((it) => it.id).sort()).toEqual([ofSystem.id, own.id].sort())
  await remove(own)
  await remove(ofSystem)
  turnTo('2026-12-01T08:00')
  await askDue()
  expect(await kindsOf(system.id)).toEqual(['stop'])
})

test('what cannot be asked is told once, with the reason, and tried again the next time', async () => {
  const { system } = await unit()
  const schedule = await create(system.id)
  /** By the cloud itself and the look at it: what is known of a cloud is known of it again and again. */
  const set = async (missing: object) => {
    const words = [cloudName, JSON.stringify(missing)]
    await rowsOf(world.databaseUrl, 'update sim.cloud set missing_capabilities = $2 where name = $1', words)
    const { id } = await world.call('operator', platformProbe, { params: { platformId } })
    await world.operationEnded('operator', id)
  }
  await set({ serverPower: { reason: 'switched-off' } })
  turnTo('2026-12-01T20:00')
  await askDue()
  await askDue()
  const told = async () => (await noticesOf()).filter((it) => it.code === 'schedule-failed')
  await world.until(async () => (await told()).length > 0)
  expect(await told()).toMatchObject([{ subject: schedule.id, fault: { code: 'platform-not-able' } }])
  expect(await kindsOf(system.id)).toEqual([])
  await set({})
  turnTo('2026-12-02T07:30')
  await askDue()
  await atRest(system.id)
  expect(await kindsOf(system.id)).toEqual(['start'])
  await remove(schedule)
})
