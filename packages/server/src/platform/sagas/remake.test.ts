import { absent, failure, type Outcome, pending } from '@yiduo/driver-api'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSagaStage, recording, type SagaStage } from '../../../tests/world/saga-stage.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { waitUntil } from '../../../tests/world/world.ts'
import { Abandoned, type Moment } from './work.ts'

let stage: SagaStage
beforeAll(async () => {
  stage = await createSagaStage()
})
afterEach(() => stage.endRunners())
afterAll(() => stage[Symbol.asyncDispose]())

const spoilt = (words: string) => failure('permanent', 'cloud-thing-broken', words)
const refused = failure('permanent', 'cloud-request-refused', 'the cloud said no')

/** Three steps, the second of which is made again where the cloud spoils it. */
const remaking = (name: string, answers: Readonly<Record<string, readonly Outcome<unknown>[]>>) => {
  const it = recording(name, ['one', 'two', 'three'], answers)
  const steps = it.definition.steps.map((step) =>
    step.name === 'two' && 'run' in step ? { ...step, remake: true as const } : step,
  )
  return { ...it, definition: { ...it.definition, steps } }
}

const journalOf = async (id: string) => {
  const [row] = await rowsOf<{
    state: string
    handle: string | null
    remaking: boolean
    why: { words: string } | null
  }>(
    stage.bare.url,
    `select state, handle, remaking, remade_for as why from operation_steps where operation_id = $1 and name = 'two'`,
    [id],
  )
  return row
}

test('what the cloud spoilt is taken back and made once more, and nothing known of the first is told of the second', async () => {
  const it = remaking('spoilt-once', {
    two: [pending('handle-1', 5), spoilt('no host was left'), pending('handle-2', 5)],
    'undo two': [pending('handle-1', 5)],
  })
  const id = await stage.start(stage.runnerOf(it.definition), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'succeeded', fault: null, residue: [] })
  expect(it.calls).toEqual(['one', 'two', 'two', 'undo two', 'undo two', 'two', 'two', 'three'])
  const handles = it.contexts.map(({ attempt }) => attempt.handle)
  expect(handles).toEqual([null, null, 'handle-1', 'handle-1', 'handle-1', null, 'handle-2', null])
  expect(it.contexts.map(({ remade }) => remade)).toEqual([false, false, false, false, false, true, true, false])
  const [first, taken, second, polled] = [1, 3, 5, 6].map((call) => it.contexts[call]?.attempt.since)
  expect([first, second]).toEqual([null, null])
  expect(Number(taken)).toBeLessThanOrEqual(Number(polled))
  expect(await journalOf(id)).toMatchObject({ state: 'done', handle: 'handle-2', why: { words: 'no host was left' } })
})

test('what was made and is gone is made once more as well', async () => {
  const it = remaking('gone', { two: [failure('permanent', 'cloud-thing-vanished', 'its port is gone')] })
  const id = await stage.start(stage.runnerOf(it.definition), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'succeeded' })
  expect(it.calls).toEqual(['one', 'two', 'undo two', 'two', 'three'])
})

test('spoilt a second time it fails as it always did', async () => {
  const it = remaking('spoilt-twice', { two: [spoilt('first'), spoilt('second')] })
  const id = await stage.start(stage.runnerOf(it.definition), it.definition)
  const fault = { code: 'cloud-thing-broken', words: 'second' }
  expect(await stage.ended(id)).toMatchObject({ state: 'failed', fault, residue: [] })
  expect(it.calls).toEqual(['one', 'two', 'undo two', 'two', 'undo two', 'undo one'])
  expect(it.ends).toMatchObject([{ state: 'failed' }])
})

test.each([
  ['a step that does not say so', 'three', spoilt('broken')],
  ['what the cloud refused', 'two', refused],
  ['what did not fit', 'two', failure('exhausted', 'cloud-capacity-exhausted', 'full')],
])('%s is not made again', async (_what, step, answer) => {
  const it = remaking(`not-again-${answer.code}`, { [step]: [answer] })
  const id = await stage.start(stage.runnerOf(it.definition), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'failed', fault: { code: answer.code } })
  expect(it.calls.filter((call) => call === step)).toHaveLength(1)
})

/** Each moment once, as if the process died in it: what goes on knows nothing but the journal. */
const dyingAt = (moment: Moment) => {
  let alive = true
  return (_saga: string, step: string, now: Moment) => {
    if (!alive || step !== 'two' || now !== moment) return
    alive = false
    throw new Abandoned('dead')
  }
}

const back = ['undo two', 'undo one']
const deaths: readonly (readonly [Moment, readonly string[], readonly string[]])[] = [
  ['remaking', ['two', 'undo two', 'two'], back],
  ['cleared', ['two', 'undo two', 'undo two', 'two'], back],
  ['begun-again', ['two', 'undo two', 'two'], back],
]

test.each(deaths)('killed at %s it goes on from there, and makes it once', async (moment, calls) => {
  const it = remaking(`dies-${moment}`, { two: [pending('handle-1', 5), spoilt('first')] })
  const id = await stage.start(stage.runnerOf(it.definition, { at: dyingAt(moment) }), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'succeeded', fault: null })
  expect(it.calls).toEqual(['one', 'two', ...calls, 'three'])
  const second = it.contexts[it.calls.lastIndexOf('two')]?.attempt
  // Who takes it over cannot know whether the one before made its call in its very last moment.
  expect(second).toEqual({ since: expect.any(Date), handle: null })
  expect(await journalOf(id)).toMatchObject({ state: 'done', handle: null, remaking: false })
})

test.each(deaths)('killed at %s and spoilt again, it is not made a third time', async (moment, calls, undone) => {
  const it = remaking(`dies-and-fails-${moment}`, { two: [spoilt('first'), spoilt('second')] })
  const id = await stage.start(stage.runnerOf(it.definition, { at: dyingAt(moment) }), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'failed', fault: { words: 'second' }, residue: [] })
  expect(it.calls).toEqual(['one', ...calls, ...undone])
})

test('killed when the second stands, it is found by its own handle and nothing is taken back', async () => {
  const it = remaking('dies-effected', { two: [spoilt('first'), pending('handle-2', 5)] })
  const id = await stage.start(stage.runnerOf(it.definition, { at: dyingAt('effected') }), it.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'succeeded' })
  expect(it.calls).toEqual(['one', 'two', 'undo two', 'two', 'two', 'two', 'three'])
  expect(it.contexts.at(-2)?.attempt.handle).toBe('handle-2')
})

test('what cannot be taken back is not made again: the operation fails for what broke it, and lists what is left', async () => {
  const stuck = failure('denied', 'cloud-permission-missing', 'not yours')
  const it = remaking('stuck', { two: [spoilt('broken')], 'undo two': [stuck, stuck] })
  const id = await stage.start(stage.runnerOf(it.definition), it.definition)
  expect(await stage.ended(id)).toMatchObject({
    state: 'failed-with-residue',
    fault: { code: 'cloud-thing-broken', words: 'broken' },
    residue: [{ step: 'two', words: 'not yours' }],
  })
  expect(it.calls).toEqual(['one', 'two', 'undo two', 'undo two', 'undo one'])
})

test('one process after another that dies of taking it back does not go on so for ever', async () => {
  const waiting = Array.from({ length: 10_000 }, () => pending(null, 5))
  const first = remaking('deadly', { two: [spoilt('broken')], 'undo two': waiting })
  const id = await stage.start(stage.runnerOf(first.definition), first.definition)
  await waitUntil(async () => first.calls.filter((call) => call === 'undo two').length > 2)
  await stage.endRunners()
  const died = `update operation_steps set since = since - interval '1 hour', takeovers = 10 where operation_id = $1`
  await rowsOf(stage.bare.url, died, [id])
  const second = remaking('deadly', { 'undo two': [pending(null, 5), absent] })
  stage.runnerOf(second.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'failed', fault: { words: 'broken' }, residue: [] })
  expect(second.calls).toEqual(['undo two', 'undo two', 'undo one'])
})

test('after a restore what was being taken back is looked for first: it may stand anew, and be in use', async () => {
  const waiting = Array.from({ length: 10_000 }, () => pending('handle-1', 5))
  const first = remaking('restored-remaking', { two: [spoilt('broken')], 'undo two': waiting })
  const id = await stage.start(stage.runnerOf(first.definition), first.definition)
  await waitUntil(async () => first.calls.filter((call) => call === 'undo two').length > 2)
  await stage.endRunners()
  await rowsOf(stage.bare.url, 'update operations set doubtful = true where id = $1', [id])
  const second = remaking('restored-remaking', {})
  stage.runnerOf(second.definition)
  expect(await stage.ended(id)).toMatchObject({ state: 'succeeded' })
  expect(second.calls).toEqual(['two', 'three'])
  expect(second.contexts[0]?.attempt).toEqual({ since: expect.any(Date), handle: null })
})
