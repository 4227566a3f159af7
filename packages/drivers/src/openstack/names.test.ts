import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cloudName, shownName } from './names.ts'

test('what OpenStack cannot hold travels in what it can', () => {
  expect(cloudName('人口库 🙂')).toBe('人口库 \\u{1f642}')
  expect(cloudName(' two\nlines ')).toBe('two\\u{a}lines')
  expect(cloudName('   ')).toBe('-')
})

test('every name that fits comes back as it was, but for the space around it', () => {
  const names = fc.string({ unit: 'grapheme', maxLength: 20 }).map((it) => `a${it}b`)
  fc.assert(fc.property(names, (name) => shownName(cloudName(name, 10_000)) === name))
  expect(shownName(cloudName('literally \\u{1f642}'))).toBe('literally \\u{1f642}')
})

test('a name that is too long is cut between characters', () => {
  expect(cloudName('ab🙂', 10)).toBe('ab')
  expect(cloudName('ab🙂', 11)).toBe('ab\\u{1f642}')
})
