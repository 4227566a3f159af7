import { expect, test } from 'vitest'
import { type Advisable, adviceOn } from './model.ts'

const now = new Date('2026-03-01T00:00:00Z')
const it = (given: Partial<Advisable>): Advisable => ({
  id: 'r',
  kind: 'volume',
  state: 'formal',
  observed: { state: 'active', nativeState: 'available' },
  testEndsAt: null,
  ...given,
})

test('what is plainly not in use is advised on', () => {
  expect(adviceOn(it({}), now)).toBe('volume-unattached')
  expect(adviceOn(it({ kind: 'address', observed: { nativeState: 'DOWN' } }), now)).toBe('address-unbound')
  expect(adviceOn(it({ kind: 'server', observed: { state: 'stopped' } }), now)).toBe('server-stopped')
})

test('what is in use, or has not been looked at, is left alone', () => {
  expect(adviceOn(it({ observed: { nativeState: 'in-use', serverId: 's' } }), now)).toBeNull()
  expect(adviceOn(it({ kind: 'address', observed: { nativeState: 'ACTIVE', portId: 'p' } }), now)).toBeNull()
  expect(adviceOn(it({ kind: 'server', observed: { state: 'active' } }), now)).toBeNull()
  expect(adviceOn(it({ observed: null }), now)).toBeNull()
  // As a saga noted it when it was made: the cloud has not been asked since.
  expect(adviceOn(it({ observed: { state: 'active', sizeGib: 10 } }), now)).toBeNull()
})

test('what is being given back needs no advice', () => {
  for (const state of ['planned', 'building', 'reclaiming', 'reclaimed', 'failed'])
    expect(adviceOn(it({ state }), now)).toBeNull()
})

test('a test that has ended is told from its very instant', () => {
  const ending = (testEndsAt: string) =>
    adviceOn(it({ state: 'test', observed: null, testEndsAt: new Date(testEndsAt) }), now)
  expect(ending('2026-03-01T00:00:00Z')).toBe('test-expired')
  expect(ending('2026-03-01T00:00:00.001Z')).toBeNull()
})
