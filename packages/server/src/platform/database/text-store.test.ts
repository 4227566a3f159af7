import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigramsOf } from './text-store.ts'

const text = fc.string({ unit: 'binary', minLength: 2, maxLength: 20 })

test('whatever holds a text holds its pairs of characters, and what begins or ends with it those of its edges', () => {
  fc.assert(
    fc.property(text, text, text, (before, held, behind) => {
      const whole = new Set(bigramsOf(before + held + behind, 'whole'))
      expect(bigramsOf(held, 'inside').every((pair) => whole.has(pair))).toBe(true)
      expect(bigramsOf(before, 'beginning').every((pair) => whole.has(pair))).toBe(true)
    }),
  )
})

test('a character beyond the first plane is one', () => {
  expect(bigramsOf('𠮷水', 'inside')).toEqual(['𠮷水'])
  expect(bigramsOf('水', 'whole')).toEqual(['\u0002水', '水\u0003'])
})
