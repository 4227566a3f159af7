import { expect, test } from 'vitest'
import { quantile } from './check-sizes.ts'

test.each([
  [0.5, 5],
  [0.9, 9],
  [1, 10],
])('of ten sizes, the share %d stays within %d', (share, size) => {
  expect(quantile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share)).toBe(size)
})

test('of none at all, every share is zero', () => {
  expect(quantile([], 0.9)).toBe(0)
})
