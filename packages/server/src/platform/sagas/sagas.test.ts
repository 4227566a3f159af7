import { randomUUID } from 'node:crypto'
import { absent, done, failure, pending } from '@yiduo/driver-api'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BareDatabase } from '../../../tests/world/bare-database.ts'
import { createSagaStage, recording, type SagaInput, type SagaStage } from '../../../tests/world/saga-stage.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { waitUntil } from '../../../tests/world/world.ts'
import { programAct } from '../../kernel/act.ts'
import { run, type Tx } from '../database/index.ts'
import { nothing, saga } from './index.ts'
import { pauseMs } from './until-ended.ts'

let stage: SagaStage
let bare: BareDatabase
let runnerOf: SagaStage['runnerOf']
let start: SagaStage['start']
let operation: SagaStage['operation']
let ended: SagaStage['ended']
beforeAll(async () => {
  stage = await createSagaStage()
  ;({ bare, runnerOf, start, operation, ended } = stage)
})
afterEach(() => stage.endRunners())
afterAll(() => stage[Symbol.asyncDispose]())

const refused = failure('permanent', 'cloud-request-refused', 'the cloud said no')

test('steps run in their order, and each knows what the ones before it answered', async () => {
  const it = recording('in-order', ['one', 'two', 'three'])
  const id = await start(runnerOf(it.definition), it.definition)
  expect(await ended(id)).toMatchObject({ state: 'succeeded', fault: null, residue: [] })
  expect(it.calls).toEqual(['one', 'two', 'three'])
  expect(it.contexts[2]?.output('one')).toBe('one made')
  expect(it.contexts[2]?.output('four')).toBeNull()
  expect(it.contexts[0]).toMatchObject({ operationId: id, input: { name: 'given' } })
  expect(it.contexts[0]?.act).toMatchObject({ onBehalfOf: 'somebody', trace: 'trace-1' })
  expect(it.ends).toEqual([{ state: 'succeeded' }])
})

test('starting twice is starting once', async () => {
  const it = recording('started-twice', ['one'])
  const runner = runnerOf(it.definition)
  const id = await start(runner, it.definition)
  await ended(id)
  await start(runner, it.definition, id)
  // The oldest is claimed first: what comes after has ended when a second start would have run.
  await ended(await start(runner, it.definition))
  expect(it.contexts.filter((context) => context.operationId === id)).toHaveLength(1)
})

test('nothing starts where the decision is taken back', async () => {
  const it = recording('taken-back', ['one'])
  const runner = runnerOf(it.definition)
  const act = programAct('test', 'demonstration.make', 'test')
  const operationId = randomUUID()
  const input = { operationId, input: { name: '' }, organisationId: bare.organisationId, subject: null }
  await bare.database.rehearse(act, (tx) => runner.start(tx, it.definition, input))
  expect(await operation(operationId)).toBeUndefined()
})

test('what is pending is asked again with its handle, what is transient is repeated', async () => {
  const it = recording('asked-again', ['one'], {
    one: [pending('handle-7', 10), failure('transient', 'cloud-timeout', 'no answer'), pending('handle-7', 10)],
  })
  await ended(await start(runnerOf(it.definition), it.definition))
  expect(it.calls).toEqual(['one', 'one', 'one', 'one'])
  expect(it.contexts[0]?.attempt).toEqual({ since: null, handle: null })
  expect(it.contexts.slice(1).map((context) => context.attempt.handle)).toEqual(['handle-7', 'handle-7', 'handle-7'])
  expect(it.contexts.slice(1).every((context) => context.attempt.since instanceof Date)).toBe(true)
})

test('a cloud’s wish to be left alone for a while is heeded', async () => {
  const it = recording('left-alone', ['one'], { one: [failure('transient', 'cloud-rate-limited', 'slow down', 700)] })
  const runner = runnerOf(it.definition)
  const begun = Date.now()
  await ended(await start(runner, it.definition))
  expect(Date.now() - begun).toBeGreaterThanOrEqual(700)
})

const anHourMs = 3_600_000
const moreThanTimersCountMs = 2 ** 40

test.each([anHourMs, moreThanTimersCountMs])(
  'a cloud that wants to be left alone for %s ms neither holds a step past its limit nor spins it',
  async (ms) => {
    const busy = failure('transient', 'cloud-rate-limited', 'slow down', ms)
    const it = recording(`left-alone-${ms}`, ['one'], { one: Array.from({ length: 10_000 }, () => busy) })
    const row = await ended(await start(runnerOf(it.definition, { stepLimitMs: 500 }), it.definition))
    expect(row).toMatchObject({ state: 'failed', fault: { code: 'cloud-rate-limited' } })
    expect(it.calls.filter((call) => call === 'one').length).toBeLessThan(20)
  },
)

test('no pause is longer than a minute, or than what is left of the step', () => {
  expect(pauseMs(anHourMs, 600_000)).toBe(60_000)
  expect(pauseMs(anHourMs, 5_000)).toBe(5_000)
  expect(pauseMs(700, 600_000)).toBe(700)
})

test('a step that fails for good is taken back with all before it, from the last to the first', async () => {
  const it = recording('taken-back-in-reverse', ['one', 'two', 'three', 'four'], { three: [refused] })
  const row = await ended(await start(runnerOf(it.definition), it.definition))
  expect(it.calls).toEqual(['one', 'two', 'three', 'undo three', 'undo two', 'undo one'])
  expect(row).toMatchObject({ state: 'failed', fault: { code: 'cloud-request-refused', words: 'the cloud said no' } })
  expect(it.ends).toMatchObject([{ state: 'failed', fault: { code: 'cloud-request-refused' } }])
})

test('absent is a success of an undo, and what has none is passed over', async () => {
  const it = recording('nothing-to-undo', ['one', 'two', 'three'], { three: [refused], 'undo three': [absent] })
  const steps = it.definition.steps.map((step) =>
    step.name === 'two' ? { ...step, undo: nothing('only looked') } : step,
  )
  const definition = { ...it.definition, steps }
  expect(await ended(await start(runnerOf(definition), definition))).toMatchObject({ state: 'failed', residue: [] })
  expect(it.calls).toEqual(['one', 'two', 'three', 'undo three', 'undo one'])
})

test('what cannot be taken back is listed in the cloud’s words, and the rest still is taken back', async () => {
  const stuck = failure('denied', 'cloud-permission-missing', 'not yours')
  const it = recording('residue', ['one', 'two', 'three'], { three: [refused], 'undo two': [stuck] })
  expect(await ended(await start(runnerOf(it.definition), it.definition))).toMatchObject({
    state: 'failed-with-residue',
    residue: [{ step: 'two', words: 'not yours' }],
  })
  expect(it.calls).toEqual(['one', 'two', 'three', 'undo three', 'undo two', 'undo one'])
  expect(it.ends).toMatchObject([{ state: 'failed-with-residue' }])
})

test('a step that is never done fails at its limit', async () => {
  const it = recording('never-done', ['one', 'two'], { two: Array.from({ length: 10_000 }, () => pending(null, 5)) })
  const id = await start(runnerOf(it.definition, { stepLimitMs: 1_000 }), it.definition)
  await waitUntil(async () => it.calls.filter((call) => call === 'two').length > 3)
  stage.clock.shift(1_000)
  expect(await ended(id)).toMatchObject({ state: 'failed', fault: { code: 'step-timed-out' } })
  expect(it.calls.slice(-2)).toEqual(['undo two', 'undo one'])
})

test('a step that crashes is tried a few times, then taken back', async () => {
  let crashes = 0
  const definition = saga<SagaInput>('crashing', [
    {
      name: 'one',
      run: async () => {
        crashes += 1
        throw new Error('a defect')
      },
      undo: nothing('never ran'),
    },
  ])
  const row = await ended(await start(runnerOf(definition), definition))
  expect(row).toMatchObject({ state: 'failed', fault: { code: 'step-crashed' } })
  expect(crashes).toBe(3)
})

test('a runner that ends puts its work down where it stands, and another takes it up there', async () => {
  const waiting = Array.from({ length: 10_000 }, () => pending('handle-9', 5))
  const first = recording('put-down', ['one', 'two', 'three'], { two: waiting })
  const one = runnerOf(first.definition, { leaseMs: 600_000 })
  const id = await start(one, first.definition)
  await waitUntil(async () => first.calls.includes('two'))
  await stage.endRunners()
  const second = recording('put-down', ['one', 'two', 'three'])
  runnerOf(second.definition)
  expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  expect(second.calls).toEqual(['two', 'three'])
  expect(second.contexts[0]?.attempt.handle).toBe('handle-9')
  expect(second.contexts[0]?.attempt.since).toBeInstanceOf(Date)
  expect(second.contexts[0]?.output('one')).toBe('one made')
})

test('time in which no process was there does not count against a step', async () => {
  const waiting = Array.from({ length: 10_000 }, () => pending(null, 5))
  const first = recording('away', ['one', 'two'], { one: waiting })
  const one = runnerOf(first.definition, { stepLimitMs: 5_000 })
  const id = await start(one, first.definition)
  await waitUntil(async () => first.calls.length > 2)
  await stage.endRunners()
  await rowsOf(bare.url, `update operation_steps set since = since - interval '1 hour' where operation_id = $1`, [id])
  const second = recording('away', ['one', 'two'], { one: waiting.slice(0, 3) })
  runnerOf(second.definition, { stepLimitMs: 5_000 })
  expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  expect(second.calls).toEqual(['one', 'one', 'one', 'one', 'two'])
})

test('a step that one process after another has died of is given up', async () => {
  const waiting = Array.from({ length: 10_000 }, () => pending(null, 5))
  const it = recording('deadly', ['one'], { one: waiting })
  const one = runnerOf(it.definition, { stepLimitMs: 5_000 })
  const id = await start(one, it.definition)
  await waitUntil(async () => it.calls.length > 2)
  await stage.endRunners()
  const died = `update operation_steps set since = since - interval '1 hour', takeovers = 10 where operation_id = $1`
  await rowsOf(bare.url, died, [id])
  runnerOf(recording('deadly', ['one'], { one: waiting }).definition, { stepLimitMs: 5_000 })
  expect(await ended(id)).toMatchObject({ state: 'failed', fault: { code: 'step-timed-out' } })
})

test('a process that slept while another took over writes nothing any more', async () => {
  const writing = Promise.withResolvers<void>()
  const slept = Promise.withResolvers<void>()
  let written = 0
  const sleeping = saga<SagaInput>('sleeping', [
    {
      name: 'one',
      run: async ({ holdFast }) => {
        writing.resolve()
        await slept.promise
        await bare.database.unrecorded(async (tx) => {
          await holdFast(tx)
          written += 1
        })
        return done(null)
      },
      undo: nothing('writes only'),
    },
  ])
  const id = await start(runnerOf(sleeping), sleeping)
  await writing.promise
  const taken = `update operations set lease_owner = 'another', lease_until = clock_timestamp() + interval '1 hour' where id = $1`
  await rowsOf(bare.url, taken, [id])
  slept.resolve()
  await stage.endRunners()
  expect(written).toBe(0)
  expect(await operation(id)).toMatchObject({ state: 'running' })
  await rowsOf(bare.url, `update operations set ended_at = now() where id = $1`, [id])
})

test('a runner whose lease was taken makes not one call more', async () => {
  const it = recording('lease-lost', ['one'], { one: Array.from({ length: 10_000 }, () => pending(null, 5)) })
  const runner = runnerOf(it.definition, { limit: 1 })
  const id = await start(runner, it.definition)
  await waitUntil(async () => it.calls.length > 2)
  await rowsOf(
    bare.url,
    `update operations set lease_owner = 'another', lease_until = clock_timestamp() + interval '1 hour' where id = $1`,
    [id],
  )
  // With one at a time in hand, another is begun only when the first was put down; what it is asked takes a while.
  const next = await start(runner, it.definition)
  const callsOf = (operationId: string) => it.contexts.filter((context) => context.operationId === operationId).length
  await waitUntil(async () => callsOf(next) > 0)
  const before = callsOf(id)
  await waitUntil(async () => callsOf(next) > 20)
  expect(callsOf(id)).toBe(before)
  expect(await operation(id)).toMatchObject({ state: 'running' })
  expect(it.ends).toEqual([])
  await rowsOf(bare.url, `update operations set ended_at = now() where id = any($1)`, [[id, next]])
})

test('of two runners each operation is worked on by one', async () => {
  const it = recording('shared', ['one', 'two'])
  const [one] = [runnerOf(it.definition), runnerOf(it.definition)]
  const ids = await Promise.all(Array.from({ length: 20 }, () => start(one, it.definition)))
  for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  expect(it.calls).toHaveLength(40)
  expect(it.ends).toHaveLength(20)
})

test('an operation of a saga that this release does not know is left alone', async () => {
  const known = recording('known', ['one'])
  const unknown = recording('unknown', ['one'])
  const runner = runnerOf(known.definition)
  const id = await start(runner, unknown.definition)
  await ended(await start(runner, known.definition))
  expect(await operation(id)).toMatchObject({ state: 'queued' })
})

test('no more at once than one process may have in hand', async () => {
  let begun = 0
  const gate = Promise.withResolvers<void>()
  const definition = saga<SagaInput>('limited', [
    {
      name: 'one',
      run: async () => {
        begun += 1
        await gate.promise
        return done(null)
      },
      undo: nothing('only waited'),
    },
  ])
  const runner = runnerOf(definition, { limit: 3 })
  const ids = await Promise.all(Array.from({ length: 12 }, () => start(runner, definition)))
  await waitUntil(async () => begun >= 3)
  const claimed = await rowsOf(bare.url, `select from operations where id = any($1) and lease_owner is not null`, [ids])
  expect(claimed).toHaveLength(3)
  gate.resolve()
  for (const id of ids) await ended(id)
  expect(begun).toBe(12)
})

test('a process leaves operations alone whose saga it does not know; one that knows it takes them', async () => {
  const old = recording('of-the-old-release', ['one'])
  const it = recording('of-the-new-release', ['one'])
  const runner = runnerOf(old.definition)
  const id = await start(runner, it.definition)
  await ended(await start(runner, old.definition)) // started later, ended already: it has looked since
  expect(await operation(id)).toMatchObject({ state: 'queued' })
  runnerOf(it.definition)
  expect(await ended(id)).toMatchObject({ state: 'succeeded' })
})

test('after a restore each step looks for what the clouds may have seen of it, also where the journal knows nothing', async () => {
  const it = recording('restored', ['one', 'two'])
  const elsewhere = runnerOf(recording('elsewhere', []).definition)
  const [first, restored] = [await start(elsewhere, it.definition), await start(elsewhere, it.definition)]
  await rowsOf(bare.url, 'update operations set doubtful = true where id = $1', [restored])
  runnerOf(it.definition)
  for (const id of [first, restored]) await ended(id)
  const sinceOf = (id: string) =>
    it.contexts.filter((context) => context.operationId === id).map(({ attempt }) => attempt.since !== null)
  expect(sinceOf(first)).toEqual([false, false])
  expect(sinceOf(restored)).toEqual([true, true])
})

test.each([
  ['a defect of ours', async () => Promise.reject(new TypeError('no such thing'))],
  ['an error of its own statement', async (tx: Tx) => run(tx, sql`select 1 / 0`)],
])('a step on rows that crashes by %s is given up after a few tries, and taken back itself', async (_why, rows) => {
  const undone: string[] = []
  const undo = (name: string) => async () => {
    undone.push(name)
    return done(null)
  }
  const definition = saga<SagaInput>('crashing-rows', [
    { name: 'reserve', run: async () => done(null), undo: undo('reserve') },
    { name: 'write', rows, undo: undo('write') },
  ])
  const id = await start(runnerOf(definition), definition)
  expect(await ended(id)).toMatchObject({ state: 'failed', fault: { code: 'step-crashed' } })
  expect(undone).toEqual(['write', 'reserve'])
})
