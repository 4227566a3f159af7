import { expect, test } from 'vitest'
import { difference, poolDifference } from './model.ts'

const held = { vcpus: 2, memoryMib: 4_096, volumeGib: 30, addresses: 1 }
const amounts = (...it: Parameters<typeof difference>): Record<string, number> =>
  Object.fromEntries(difference(...it).map(({ measure, amount }) => [measure, amount]))
const memoryAlone = (memoryMib: number) => ({ vcpus: 0, memoryMib, volumeGib: 0, addresses: 0 })

test('memory is counted in whole GiB: a part of one is one', () => {
  const memory = (memoryMib: number) => amounts([], [memoryAlone(memoryMib)])['memory-gib']
  expect([0, 1, 1_024, 1_025].map(memory)).toEqual([0, 1, 1, 2])
})

test('what is taken and what is given back is the difference by measure, also where parts of a GiB meet', () => {
  expect(difference([], [held]).map(({ amount }) => amount)).toEqual([1, 4, 2, 30])
  expect(difference([held], []).map(({ amount }) => amount)).toEqual([-1, -4, -2, -30])
  const grown = amounts([{ ...held, memoryMib: 1_500 }], [{ ...held, memoryMib: 2_000 }])
  expect(Object.values(grown)).toEqual([0, 0, 0, 0])
})

test('many together take what they take one by one: quota by whole GiB of each, the pool by the sum', () => {
  const parts = [memoryAlone(1_500), memoryAlone(1_500)]
  expect(amounts([], parts)['memory-gib']).toBe(4)
  expect(poolDifference([], parts)).toEqual({ vcpus: 0, memoryMib: 3_000 })
  expect(poolDifference([held, held], [held])).toEqual({ vcpus: -2, memoryMib: -4_096 })
})
