import { expect, test } from 'vitest'
import { waitUntil } from '../../../tests/world/world.ts'
import type { Caller } from '../../kernel/act.ts'
import { createShiftableClock } from '../../kernel/clock.ts'
import type { LateEntry } from './late-entries.ts'
import { createRefusals, type Tried } from './refusals.ts'

const nobody: Caller = { kind: 'nobody' }
const person = (login: string): Caller => ({
  ...{ kind: 'person', personId: login, login, organisationId: 'o', sessionId: 's', stage: 'complete' },
  ...{ provenUntil: null, operations: null, grants: [] },
})
const tried = (it: Partial<Tried>): Tried => ({
  ...{
    caller: nobody,
    organisationId: null,
    operation: 'grant.create',
    on: 'grant',
    code: 'not-permitted',
    address: '203.0.113.1',
    trace: 't',
  },
  ...it,
})

const stage = () => {
  const written: LateEntry[] = []
  const clock = createShiftableClock()
  const late = { push: (it: LateEntry) => void written.push(it), [Symbol.asyncDispose]: async () => undefined }
  return { written, clock, refusals: createRefusals({ clock, late }) }
}
const afterOf = ({ after }: LateEntry): unknown => JSON.parse(after ?? 'null')

test('what is tried again and again is an entry when it begins, and one with the count when the minute is over', async () => {
  const { written, clock, refusals } = stage()
  await using _ = refusals
  for (let times = 0; times < 50; times++) refusals.note(tried({ caller: person('wang') }))
  expect(written.map(afterOf)).toEqual([{ code: 'not-permitted' }])
  clock.shift(60_000)
  await waitUntil(async () => written.length === 2)
  expect(written[1]).toMatchObject({ actor: 'wang', operation: 'grant.create', outcome: 'refused' })
  expect(written.map(afterOf)).toEqual([{ code: 'not-permitted' }, { code: 'not-permitted', more: 49 }])
  refusals.note(tried({ caller: person('wang') }))
  expect(written).toHaveLength(3)
})

test('nobody fills the trail: neither one person with all operations nor the whole Internet', async () => {
  const { written, refusals } = stage()
  for (let n = 0; n < 5_000; n++) {
    refusals.note(tried({ caller: person('wang'), on: `srv_${n}` }))
    refusals.note(tried({ address: `198.51.${n >> 8}.${n & 255}` }))
  }
  expect(written).toHaveLength(20 + 1 + 100 + 1)
  // Nor does that hide what somebody else tries.
  refusals.note(tried({ caller: person('li') }))
  expect(written.at(-1)).toMatchObject({ actor: 'li', operation: 'grant.create' })
  await refusals[Symbol.asyncDispose]()
  const sums = written.slice(-2)
  expect(sums.map((it) => [it.actor, it.operation, it.address, afterOf(it)])).toEqual([
    ['wang', 'several.refuse', '203.0.113.1', { code: 'several', more: 4_979 }],
    ['nobody', 'several.refuse', null, { code: 'several', more: 4_899 }],
  ])
})
