import { expect, test } from 'vitest'
import { difference, poolDifference } from './model.ts'

const held = { vcpus: 2, memoryMib: 4_096, volumeGib: 30, addresses: 1 }
const memoryAlone = (memoryMib: number) => ({ vcpus: 0, memoryMib, volumeGib: 0, addresses: 0 })

test('memory is counted in whole GiB: a part of one is one', () => {
  const memory = (memoryMib: number) => new Map(difference([], [memoryAlone(memoryMib)])).get('memory-gib')
  expect([0, 1, 1_024, 1_025].map(memory)).toEqual([0, 1, 1, 2])
})

test('the measures always come in the same order: two transactions never wait for each other', () => {
  const [taken, given] = [difference([], [held]), difference([held], [])]
  expect(taken.map(([measure]) => measure)).toEqual(['address', 'memory-gib', 'vcpu', 'volume-gib'])
  expect(given.map(([measure]) => measure)).toEqual(taken.map(([measure]) => measure))
})

test('what is taken and what is given back is the difference by measure, also where parts of a GiB meet', () => {
  expect(difference([], [held]).map(([, amount]) => amount)).toEqual([1, 4, 2, 30])
  expect(difference([held], []).map(([, amount]) => amount)).toEqual([-1, -4, -2, -30])
  const grown = new Map(difference([{ ...held, memoryMib: 1_500 }], [{ ...held, memoryMib: 2_000 }]))
  expect([...grown.values()]).toEqual([0, 0, 0, 0])
})

test('many together take what they take one by one: quota by whole GiB of each, the pool by the sum', () => {
  const parts = [memoryAlone(1_500), memoryAlone(1_500)]
  expect(new Map(difference([], parts)).get('memory-gib')).toBe(4)
  expect(poolDifference([], parts)).toEqual({ vcpus: 0, memoryMib: 3_000 })
  expect(poolDifference([held, held], [held])).toEqual({ vcpus: -2, memoryMib: -4_096 })
})
