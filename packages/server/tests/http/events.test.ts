import { createClient, type Event, requestApprove, requestPassTest } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, draft, order, submit } from '../world/orders.ts'
import { problemIn, rawCall } from '../world/raw.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2 })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

/** Listens until told to stop; what was heard stands in `events`. Ready when the stream is open. */
const listen = async (login: string, it: { lastEventId?: string; subject?: string } = {}, on: World = world) => {
  const stopping = new AbortController()
  const events: Event[] = []
  const opened = Promise.withResolvers<void>()
  const token = await on.tokenOf(login)
  const client = createClient({
    baseUrl: on.url,
    token,
    fetch: async (...call) => {
      const answer = await fetch(...call)
      opened.resolve()
      return answer
    },
  })
  const { lastEventId, subject } = it
  const stream = client.events(subject === undefined ? {} : { subject }, { lastEventId, signal: stopping.signal })
  const heard = (async () => {
    for await (const event of stream) events.push(event)
  })()
  await opened.promise
  return {
    events,
    stop: async () => {
      stopping.abort()
      await heard
      return events
    },
  }
}

const about = (events: readonly Event[], subject: string) => events.filter((it) => it.subject === subject)

test('what happens to a request is told in the order in which it happened', async () => {
  const drafted = await draft(world, { planId: world.province.plans.large.id })
  const listener = await listen('department')
  await submit(world, drafted.id)
  await world.call('operator', requestApprove, { params: { requestId: drafted.id }, body: {} })
  await world.requestIn(drafted.id, 'testing')
  await world.call('department', requestPassTest, { params: { requestId: drafted.id }, body: {} })
  await world.until(async () => listener.events.some((it) => it.type === 'request.pass-test'))
  const events = await listener.stop()
  // What was committed just before the listening may still come with it, never less.
  const told = about(events, drafted.id).filter((it) => it.type !== 'request.create')
  expect(told.map((it) => it.type)).toEqual([
    'request.submit',
    'request.approve',
    'request.delivered',
    'request.pass-test',
  ])
  expect(told.map((it) => it.data)).toMatchObject([
    { state: 'submitted' },
    { state: 'delivering' },
    { state: 'testing' },
    { state: 'formal' },
  ])
  const steps = events.filter((it) => it.type === 'operation.progress')
  expect(steps.at(-1)?.data).toMatchObject({ state: 'succeeded', percent: 100 })
  const progress = steps.map((it) => Number(it.data.percent))
  expect(progress.length).toBeGreaterThan(5)
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
})

test('whoever comes back with the last place gets all that was missed, once and in order', async () => {
  const first = await listen('department')
  const one = await order(world, { systemId: (await createSystem(world)).id })
  await world.requestIn(one.id, 'testing')
  await world.until(async () => first.events.some((it) => it.type === 'request.delivered'))
  const all = await first.stop()
  for (const place of [0, 3, all.length - 2]) {
    const again = await listen('department', { lastEventId: all[place]?.id ?? '' })
    await world.until(async () => again.events.length >= all.length - place - 1)
    expect((await again.stop()).slice(0, all.length - place - 1)).toEqual(all.slice(place + 1))
  }
})

test('each hears of its own organisation only, the operator of all below it', async () => {
  const [own, foreign, city, operator] = await Promise.all(
    ['department', 'other', 'city-operator', 'operator'].map((login) => listen(login)),
  )
  const { id } = await order(world, { systemId: (await createSystem(world)).id })
  await world.requestIn(id, 'testing')
  for (const listener of [own, operator])
    await world.until(async () => listener && about(listener.events, id).some((it) => it.type === 'request.delivered'))
  for (const listener of [foreign, city])
    expect((await listener?.stop())?.filter((it) => !it.type.startsWith('session.'))).toEqual([])
  await own?.stop()
  await operator?.stop()
})

test('who follows one subject hears of nothing else', async () => {
  const drafted = await draft(world, { systemId: (await createSystem(world)).id })
  const listener = await listen('department', { subject: drafted.id })
  await order(world, { systemId: (await createSystem(world)).id })
  await submit(world, drafted.id)
  await world.until(async () => listener.events.some((it) => it.type === 'request.delivered'))
  expect(new Set((await listener.stop()).map((it) => it.subject))).toEqual(new Set([drafted.id]))
})

test('a place that is none of ours is refused', async () => {
  for (const place of ['nonsense', '1', '-1-1', '1-x', '99999999999999999999-1']) {
    const answer = await rawCall(world, 'GET', '/api/v1/events', {
      token: await world.tokenOf('department'),
      headers: { 'last-event-id': place },
    })
    expect(problemIn(answer)).toMatchObject({ status: 400, code: 'input-invalid' })
  }
})

test('nobody opens streams without end; one that is closed makes room', async () => {
  const open = async () => {
    const stopping = new AbortController()
    const answer = await fetch(`${world.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${await world.tokenOf('other')}` },
      signal: stopping.signal,
    })
    return { status: answer.status, close: () => stopping.abort() }
  }
  const streams = []
  for (let count = 0; count < 20; count++) streams.push(await open())
  expect(streams.map((it) => it.status)).toEqual(streams.map(() => 200))
  const refused = await rawCall(world, 'GET', '/api/v1/events', { token: await world.tokenOf('other') })
  expect(problemIn(refused)).toMatchObject({ status: 503, code: 'too-many-streams' })
  const elsewhere = await rawCall(world, 'GET', '/api/v1/events', { token: await world.tokenOf('department') })
  expect(elsewhere.status).toBe(200)
  streams[0]?.close()
  await world.until(async () => {
    const again = await open()
    again.close()
    return again.status === 200
  })
  for (const it of streams) it.close()
})

test('a server ends though somebody listens', async () => {
  const ending = await createWorld()
  const listener = await listen('department', {}, ending)
  await ending[Symbol.asyncDispose]()
  await listener.stop()
})
