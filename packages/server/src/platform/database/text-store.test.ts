import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigramsOf } from './text-store.ts'

const text = fc.string({ unit: 'binary', minLength: 2, maxLength: 20 })

test('whatever holds a text holds its pairs of characters', () => {
  fc.assert(
    fc.property(text, text, text, (before, held, behind) => {
      const all = new Set(bigramsOf(before + held + behind))
      expect(bigramsOf(held).every((pair) => all.has(pair))).toBe(true)
    }),
  )
})

test('a character beyond the first plane is one', () => {
  expect(bigramsOf('𠮷水')).toEqual(['𠮷水'])
})
