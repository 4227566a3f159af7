import { expect, test } from 'vitest'
import { byMeasure, difference, nothingHeld } from './model.ts'

const held = { vcpus: 2, memoryMib: 4_096, volumeGib: 30, addresses: 1 }

test('memory is counted in whole GiB: a part of one is one', () => {
  const memory = (memoryMib: number) => new Map(byMeasure({ ...nothingHeld, memoryMib })).get('memory-gib')
  expect([0, 1, 1_024, 1_025].map(memory)).toEqual([0, 1, 1, 2])
})

test('the measures always come in the same order: two transactions never wait for each other', () => {
  const orders = [held, nothingHeld].map((it) => byMeasure(it).map(([measure]) => measure))
  expect(orders[0]).toEqual(['address', 'memory-gib', 'vcpu', 'volume-gib'])
  expect(orders[1]).toEqual(orders[0])
})

test('what is taken and what is given back is the difference by measure, also where parts of a GiB meet', () => {
  expect(new Map(difference(nothingHeld, held))).toEqual(new Map(byMeasure(held)))
  expect(new Map(difference(held, nothingHeld)).get('vcpu')).toBe(-2)
  const grown = new Map(difference({ ...held, memoryMib: 1_500 }, { ...held, memoryMib: 2_000 }))
  expect(grown.get('memory-gib')).toBe(0)
  expect(grown.get('volume-gib')).toBe(0)
})
