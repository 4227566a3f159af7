import { messages } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { hostFilters } from './filters/index.ts'
import { defaultHostPolicy, scorersOf } from './index.ts'

test('what a host filter or scorer says has a word in both languages', () => {
  const said = [...hostFilters.map((it) => it.code), ...scorersOf(defaultHostPolicy).map((it) => it.name)]
  for (const { words } of Object.values(messages))
    expect(said.filter((word) => !Object.hasOwn(words, word))).toEqual([])
})
