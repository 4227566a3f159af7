import { expect, test } from 'vitest'
import { programActs } from './act.ts'
import { operations } from './operations.ts'

const called = [
  ...operations.map(({ name, summary }) => [name, summary] as const),
  ...Object.entries(programActs).map(([name, words]) => [name, words] as const),
]

// That nothing else can be put on record is a matter of types: `Act` and `Recorded` take an `ActName`.
test('whatever can stand in the audit trail is called by words in either language, and by one of each', () => {
  for (const [name, words] of called) {
    expect([name, /\p{Script=Han}/u.test(words['zh-CN'])]).toEqual([name, true])
    expect([name, /^[\p{Lu}][^\p{Script=Han}]+$/u.test(words.en)]).toEqual([name, true])
  }
  const names = called.map(([name]) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
