import { expect, test } from 'vitest'
import { listen, openStream, problem } from '../../tests/loopback.ts'
import { createYiduo, ids } from '../../tests/yiduo.ts'

const { yiduo } = createYiduo()

const operation = (state: string, step: string, fault: object | null = null, remadeFor: object | null = null) => ({
  id: ids.opn,
  saga: 'platform-probe',
  state,
  organisationId: ids.org,
  subject: ids.plt,
  progressPercent: state === 'succeeded' ? 100 : 50,
  steps: [{ name: 'connect', state: step, attempts: 1, remadeFor, startedAt: null, endedAt: null }],
  fault,
  residue: [],
  createdAt: '2026-11-22T00:00:00Z',
  endedAt: null,
})

test('--watch follows an operation by its events to the end, a line a step', async () => {
  let looks = 0
  await using server = await listen({
    'POST /platforms': () => ({
      platform: { id: ids.plt, state: 'unprobed' },
      operation: operation('queued', 'waiting'),
    }),
    [`GET /operations/${ids.opn}`]: () =>
      ++looks > 2 ? operation('succeeded', 'done') : operation('running', 'running'),
    [`GET /platforms/${ids.plt}`]: () => ({ id: ids.plt, state: 'online' }),
    // Two events wake two looks; looking anyway would come after a minute, long past this test's limit.
    'GET /events': (_, response) => {
      openStream(response)
      for (const id of ['1', '2'])
        response.write(
          `id: ${id}\ndata: ${JSON.stringify({ id, type: 't', subject: ids.opn, at: '2026-11-22T00:00:00Z', data: {} })}\n\n`,
        )
      // A third one for when the first two were read in one go.
      const beat = setInterval(
        () => response.write(`data: {"id":"3","type":"t","subject":"${ids.opn}","at":"","data":{}}\n\n`),
        20,
      )
      response.on('close', () => clearInterval(beat))
    },
  })
  const flags = [
    '--data-centre',
    'dcn_01ja8kz5v0e8y9m2n4p6q8r0st',
    '--code',
    'c',
    '--name',
    'n',
    '--driver',
    'sim',
    '--endpoint',
    'sim://c',
    '--credential',
    'token=t',
  ]
  const { code, out, err } = await yiduo(['platform', 'add', ...flags, '--watch', '--json', '--url', server.url])
  expect(code).toBe(0)
  expect(err.split('\n')).toEqual([
    '[ 50%] platform-probe  connect: running',
    '[ 50%] platform-probe: running',
    '[100%] platform-probe  connect: done',
    '[100%] platform-probe: succeeded',
  ])
  expect(JSON.parse(out)).toMatchObject({ platform: { state: 'online' }, operation: { state: 'succeeded' } })
  expect(server.calls()).toContain(`GET /events?subject=${ids.opn}`)
})

test('a step that was made again is told once, with what the cloud said', async () => {
  let looks = 0
  const spoilt = { code: 'cloud-thing-broken', message: 'What the cloud made is broken.', words: 'no host\nwas left' }
  await using server = await listen({
    [`GET /operations/${ids.opn}`]: () =>
      ++looks > 2 ? operation('succeeded', 'done', null, spoilt) : operation('running', 'running', null, spoilt),
  })
  const { err } = await yiduo(['operation', 'get', ids.opn, '--watch', '--url', server.url])
  expect(err.split('\n')).toEqual([
    '[ 50%] platform-probe  connect: made again, the first was spoilt: no host was left',
    '[ 50%] platform-probe  connect: running',
    '[ 50%] platform-probe: running',
    '[100%] platform-probe  connect: done',
    '[100%] platform-probe: succeeded',
  ])
})

test('without the event stream --watch polls; an operation that failed is exit code 1 and says why', async () => {
  let looks = 0
  const fault = { code: 'cloud-timeout', message: 'It took too long.', next: 'Try again.', words: null }
  await using server = await listen({
    [`GET /operations/${ids.opn}`]: () =>
      ++looks > 3 ? operation('failed', 'failed', fault) : operation('running', 'running'),
  })
  const { code, out } = await yiduo(['operation', 'get', ids.opn, '--watch', '--url', server.url])
  expect(code).toBe(1)
  expect(out).toContain('It took too long. Try again.')
})

const request = (state: string, operationIds: string[] = []) => ({
  id: ids.req,
  kind: 'open',
  state,
  step: 'provision',
  systemId: ids.sys,
  lines: [{ name: 'web-1', quantity: 1, operationIds }],
  fault: null,
  track: [],
})
const draft = ['request', 'create', '--system', ids.sys, '--line', `plan=${ids.pln},name=web-1`]

test('--submit --watch goes from the draft to where a person must act, with the steps of its lines', async () => {
  let looks = 0
  await using server = await listen({
    'POST /requests': () => request('draft'),
    [`POST /requests/${ids.req}/submit`]: () => request('delivering'),
    [`GET /requests/${ids.req}`]: () =>
      ++looks > 2 ? request('testing', [ids.opn]) : request('delivering', [ids.opn]),
    [`GET /operations/${ids.opn}`]: () => operation('running', 'running'),
  })
  const { code, out, err } = await yiduo([...draft, '--submit', '--watch', '--json', '--url', server.url])
  expect([code, JSON.parse(out).state]).toEqual([0, 'testing'])
  expect(err).toContain('web-1  platform-probe  connect: running')
  expect(err.split('\n').filter((line) => line.includes('connect: running'))).toHaveLength(1)
  expect(server.calls().slice(0, 2)).toEqual(['POST /requests', `POST /requests/${ids.req}/submit`])
})

test('under --quiet a watched request is its id, and a failure is still told', async () => {
  await using server = await listen({ [`GET /requests/${ids.req}`]: () => request('delivery-failed') })
  const { code, out, err } = await yiduo(['request', 'get', ids.req, '--watch', '-q', '--url', server.url])
  expect([code, out, err]).toEqual([1, ids.req, `${ids.req} did not succeed.`])
})

const at = (second: number) => `2026-11-22T00:00:${String(second).padStart(2, '0')}.000Z`
const track = (...states: string[]) =>
  states.map((state, place) => ({ step: 'provision', state, side: 'none', startedAt: at(place * 20), endedAt: null }))

test('--watch tells how long it took what a rule approved, from its sending to where a person must act', async () => {
  const sent = { ...request('testing'), approvedByRule: true, track: track('draft', 'submitted', 'delivering') }
  const last = { ...sent.track[2], state: 'testing', startedAt: '2026-11-22T00:01:25.300Z' }
  const line = `${ids.req}：自提交起用时 1 分 5.3 秒。`
  const watched = async (answer: object) => {
    await using server = await listen({ [`GET /requests/${ids.req}`]: () => answer })
    return (await yiduo(['request', 'get', ids.req, '--watch', '--url', server.url], { LANG: 'zh_CN' })).err
  }
  const delivered = { ...sent, track: [...sent.track, last] }
  expect((await watched(delivered)).split('\n')).toEqual([`${ids.req}: 测试中 (开通)`, line])
  expect(await watched({ ...delivered, approvedByRule: false })).not.toContain('用时')
  expect(await watched({ ...delivered, track: [...delivered.track, { ...last, state: 'formal' }] })).not.toContain(
    '用时',
  )
})

test('a reclaim is followed through the operations of what it gives back, but not those of long ago', async () => {
  const about = ids.req2
  const opened = ids.opn2
  const reclaim = (state: string) => ({
    ...request(state),
    kind: 'reclaim',
    aboutRequestId: about,
    track: track('draft', 'submitted', 'delivering'),
  })
  let looks = 0
  await using server = await listen({
    [`POST /requests/${ids.req}/approve`]: () => reclaim('delivering'),
    [`GET /requests/${ids.req}`]: () => reclaim(++looks > 2 ? 'completed' : 'delivering'),
    [`GET /requests/${about}`]: () => request('reclaiming', [opened, ids.opn]),
    [`GET /operations/${opened}`]: () => ({
      ...operation('succeeded', 'done'),
      id: opened,
      saga: 'server-create',
      endedAt: at(39),
    }),
    [`GET /operations/${ids.opn}`]: () => ({
      ...(looks > 2 ? { ...operation('succeeded', 'done'), endedAt: at(41) } : operation('running', 'running')),
      saga: 'server-reclaim',
    }),
  })
  const { code, err } = await yiduo(['request', 'approve', ids.req, '--watch', '--url', server.url])
  expect(code).toBe(0)
  expect(err).toContain('[100%] web-1  server-reclaim: succeeded')
  expect(err).not.toContain('server-create')
  expect(server.calls().filter((it) => it === `GET /operations/${opened}`)).toHaveLength(1)
})

test('a reclaim whose request may not be seen is followed by itself', async () => {
  const reclaim = { ...request('completed'), kind: 'reclaim', aboutRequestId: ids.req2 }
  await using server = await listen({
    [`GET /requests/${ids.req}`]: () => ({ ...reclaim, track: track('submitted', 'delivering') }),
  })
  expect((await yiduo(['request', 'get', ids.req, '--watch', '--url', server.url])).code).toBe(0)
  expect(server.calls().some((it) => it.includes(reclaim.aboutRequestId))).toBe(true)
})

test('a delivery that failed is exit code 1', async () => {
  await using server = await listen({ [`GET /requests/${ids.req}`]: () => request('delivery-failed') })
  expect((await yiduo(['request', 'get', ids.req, '--watch', '--url', server.url])).code).toBe(1)
})

test('a draft that cannot be sent is not lost silently', async () => {
  await using server = await listen({
    'POST /requests': () => request('draft'),
    [`POST /requests/${ids.req}/submit`]: () => problem(422, 'quota-exceeded'),
  })
  const { code, err } = await yiduo([...draft, '--submit', '--url', server.url])
  expect(code).toBe(1)
  expect(err).toContain(`yiduo request submit ${ids.req}`)
})
