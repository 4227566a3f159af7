import { expect, test } from 'vitest'
import { isRefusal, refuse } from './refusal.ts'

test('a refusal is told from an answer that happens to have such a member', () => {
  expect(isRefusal(refuse('not-found'))).toBe(true)
  for (const it of [null, undefined, 'refused', [], {}, { refused: 1, other: 2 }]) expect(isRefusal(it)).toBe(false)
})
