import { expect, test } from 'vitest'
import { memoryGib, priceAt } from './model.ts'

const price = (
  from: string,
  monthlyPriceYuanE4: number | null,
  phase: 'test' | 'formal' = 'formal',
  componentId = 'c',
) => ({
  componentId,
  phase,
  validFrom: new Date(from),
  monthlyPriceYuanE4,
})
const list = [
  price('2026-03-01T00:00:00Z', 300),
  price('2026-01-01T00:00:00Z', 100),
  price('2026-02-01T00:00:00Z', null),
  price('2026-01-01T00:00:00Z', 7, 'test'),
  price('2026-01-01T00:00:00Z', 9, 'formal', 'other'),
]
const at = (instant: string) => priceAt(list, 'c', 'formal', new Date(instant))

test('a price holds from its instant until the next, in whatever order they were set', () => {
  expect(at('2026-01-01T00:00:00Z')).toBe(100)
  expect(at('2026-01-31T23:59:59.999Z')).toBe(100)
  expect(at('2026-03-01T00:00:00Z')).toBe(300)
})

test('there is none before the first, nor after one that ends it', () => {
  expect(at('2025-12-31T23:59:59.999Z')).toBeNull()
  expect(at('2026-02-01T00:00:00Z')).toBeNull()
  expect(priceAt(list, 'nobody', 'formal', new Date('2026-01-01'))).toBeNull()
})

test('test time has prices of its own', () => {
  expect(priceAt(list, 'c', 'test', new Date('2026-02-02'))).toBe(7)
})

test('memory is sold in whole GiB', () => {
  expect([128, 1_024, 1_152].map(memoryGib)).toEqual([1, 1, 2])
})
