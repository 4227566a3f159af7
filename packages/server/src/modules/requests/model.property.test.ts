import { type RequestState, requestStates, steps } from '@yiduo/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, type RequestEvent, requestMachine, stateFacts, stepOf } from './model.ts'

const seed = 20_260_412 // printed with every counterexample; another one looks elsewhere

const states: readonly RequestState[] = requestStates
const transitions = states.flatMap((from) =>
  Object.entries(requestMachine[from]).map(([event, to]) => ({ from, event: event as RequestEvent, to })),
)
const events = [...new Set(transitions.map((it) => it.event))]
const ends = states.filter((state) => Object.keys(requestMachine[state]).length === 0)

/** Everything that can be reached from a state, itself included. */
const reachable = (from: RequestState): Set<RequestState> => {
  const seen = new Set<RequestState>([from])
  for (const state of seen) for (const it of transitions) if (it.from === state) seen.add(it.to)
  return seen
}

test('every state can be reached from a draft', () => {
  expect([...reachable('draft')].sort()).toEqual([...states].sort())
})

test('only what is over has no way on', () => {
  expect([...ends].sort()).toEqual(['completed', 'discarded', 'rejected', 'settled'])
})

test.each(states)('from %s there is a way to an end', (state) => {
  expect(ends.some((end) => reachable(state).has(end))).toBe(true)
})

test('whatever a person or a cloud does in whatever order, a request is in a state that it may be in', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (asked) => {
      let state: RequestState = 'draft'
      for (const event of asked) {
        const next = advance(state, event)
        if (next === null) continue // refused: it stays where it is
        expect(transitions).toContainEqual({ from: state, event, to: next })
        state = next
      }
      expect(states).toContain(state)
    }),
    { seed, numRuns: 200 },
  )
})

test('nothing is held for nothing: what was delivered leads to an end by giving it back only', () => {
  for (const holding of [
    'testing',
    'formal',
    'recycling',
    'recycle-failed',
    'recycled',
    'restoring',
    'reclaiming',
    'reclaim-failed',
  ] as const)
    for (const { from, to } of transitions.filter((it) => reachable(holding).has(it.from) && ends.includes(it.to)))
      expect([from, to]).toEqual(['reclaimed', 'settled'])
})

test('what fails can be tried again, and leads to where it would have led', () => {
  expect(advance('delivery-failed', 'retry')).toBe('delivering')
  expect(advance('reclaim-failed', 'retry')).toBe('reclaiming')
  expect(advance('recycle-failed', 'retry')).toBe('recycling')
})

test('what was formal is wiped only out of the recycle bin, and until then there is a way back', () => {
  const wiped = transitions.filter(({ to, from }) => to === 'reclaiming' && reachable('formal').has(from))
  expect(wiped.map(({ from }) => from).sort()).toEqual(['reclaim-failed', 'recycle-failed', 'recycled'])
  for (const from of ['recycled', 'recycle-failed'] as const) expect(advance(from, 'restore')).toBe('restoring')
  expect(advance('restoring', 'restore-failed')).toBe('recycling')
})

test.each(states)(
  '%s belongs to one of the eight steps and to a side, and a side that has the move has a clock',
  (state) => {
    const { step, side, limit } = stateFacts[state]
    expect(steps).toContain(step)
    if (ends.includes(state)) expect([side, limit]).toEqual(['none', null])
    if (limit !== null) {
      expect(side).not.toBe('none')
      expect(limit.minutes).toBeGreaterThan(0)
    }
  },
)

test('a short request stands for the step it is about while it is carried out', () => {
  expect(stepOf('open', 'delivering')).toBe('provision')
  expect(stepOf('change', 'delivering')).toBe('change')
  expect(stepOf('reclaim', 'completed')).toBe('reclaim')
  expect(stepOf('reclaim', 'submitted')).toBe('approve')
})
