import { expect, test } from 'vitest'
import { difference, nothingHeld } from './model.ts'

const held = { vcpus: 2, memoryMib: 4_096, volumeGib: 30, addresses: 1 }

test('memory is counted in whole GiB: a part of one is one', () => {
  const memory = (memoryMib: number) =>
    new Map(difference(nothingHeld, { ...nothingHeld, memoryMib })).get('memory-gib')
  expect([0, 1, 1_024, 1_025].map(memory)).toEqual([0, 1, 1, 2])
})

test('the measures always come in the same order: two transactions never wait for each other', () => {
  const [taken, given] = [difference(nothingHeld, held), difference(held, nothingHeld)]
  expect(taken.map(([measure]) => measure)).toEqual(['address', 'memory-gib', 'vcpu', 'volume-gib'])
  expect(given.map(([measure]) => measure)).toEqual(taken.map(([measure]) => measure))
})

test('what is taken and what is given back is the difference by measure, also where parts of a GiB meet', () => {
  expect(difference(nothingHeld, held).map(([, amount]) => amount)).toEqual([1, 4, 2, 30])
  expect(difference(held, nothingHeld).map(([, amount]) => amount)).toEqual([-1, -4, -2, -30])
  const grown = new Map(difference({ ...held, memoryMib: 1_500 }, { ...held, memoryMib: 2_000 }))
  expect([...grown.values()]).toEqual([0, 0, 0, 0])
})
