import { describeFault, LineAsk, type Locale, operations, Paging } from '@yiduo/contract'
import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { FaultError } from '../../kernel/refusal.ts'
import { createCheck } from './validate.ts'

const Ask = Type.Object({
  name: Type.String({ minLength: 1 }),
  lines: Type.Optional(Type.Array(LineAsk, { minItems: 1, maxItems: 2 })),
  free: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const check = createCheck(Ask, 'body', false)
const planId = 'pln_01ja8kz5v0e8y9m2n4p6q8r0st'

const fieldOf = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === 'input-invalid') return error.fault.parameters.field
    throw error
  }
}

const Form = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 4 }),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  tags: Type.Optional(Type.Array(Type.String(), { maxItems: 1 })),
  kind: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: ['a', 'b'] })),
  code: Type.Optional(Type.String({ pattern: '^[a-z]+$', description: 'lower-case letters' })),
  size: Type.Optional(Type.Union([Type.Object({ gib: Type.Integer() }), Type.Null()])),
})

test.each<[unknown, string, string]>([
  [{}, '字段“name”不符合要求：必填。', 'The field “name” is not as expected: it is required.'],
  [{ name: 'a' }, '字段“name”不符合要求：至少 2 个字符。', '… at least 2 characters.'],
  [{ name: 'abcde' }, '字段“name”不符合要求：最多 4 个字符。', '… at most 4 characters.'],
  [{ name: 'ab', nmae: 1 }, '字段“nmae”不符合要求：没有这个字段。', '… there is no such field.'],
  [{ name: 'ab', count: 10 }, '字段“count”不符合要求：不得大于 9。', '… at most 9.'],
  [{ name: 'ab', count: 1.5 }, '字段“count”不符合要求：应为整数。', '… an integer is expected.'],
  [{ name: 'ab', tags: ['a', 'b'] }, '字段“tags”不符合要求：最多 1 项。', '… at most 1 items.'],
  [{ name: 'ab', kind: 'c' }, '字段“kind”不符合要求：只能是 a, b。', '… it can only be a, b.'],
  [{ name: 'ab', code: 'A' }, '字段“code”不符合要求：格式不符。', '… lower-case letters.'],
  [{ name: 'ab', size: { gib: 'x' } }, '字段“size.gib”不符合要求：应为整数。', '… an integer is expected.'],
])('%j is refused in the words of its reader', (given, chinese, english) => {
  const told = (locale: Locale) => {
    try {
      createCheck(Form, 'body', false)(given)
    } catch (error) {
      if (error instanceof FaultError) return describeFault(error.fault, locale).message
    }
    return 'taken'
  }
  expect(told('zh-CN')).toBe(chinese)
  expect(told('en')).toContain(english.replace('… ', ''))
})

test('what is left out gets its default, at any depth', () => {
  expect(check({ name: 'a', lines: [{ planId, name: 'b' }] })).toEqual({
    name: 'a',
    lines: [{ planId, name: 'b', quantity: 1, dataVolumeGib: 0, publicAddress: false }],
  })
})

test('a member that nobody knows is refused, at any depth', () => {
  expect(fieldOf(() => check({ name: 'a', nmae: 'b' }))).toBe('nmae')
  expect(fieldOf(() => check({ name: 'a', lines: [{ planId, name: 'b', quantitty: 5 }] }))).toBe('lines.0.quantitty')
  expect(check({ name: 'a', free: { anything: { goes: true } } })).toEqual({
    name: 'a',
    free: { anything: { goes: true } },
  })
})

test('the limits of a list hold', () => {
  expect(fieldOf(() => check({ name: 'a', lines: [] }))).toBe('lines')
  const line = { planId, name: 'b' }
  expect(fieldOf(() => check({ name: 'a', lines: [line, line, line] }))).toBe('lines')
})

test('what came in is left as it was', () => {
  const given = { name: 'a', lines: [{ planId, name: 'b' }] }
  check(given)
  expect(given).toEqual({ name: 'a', lines: [{ planId, name: 'b' }] })
})

test('a query’s text becomes the numbers that are asked for; a body’s does not', () => {
  const query = createCheck(Type.Object(Paging), 'query', true)
  expect(query({ limit: '7' })).toEqual({ limit: 7 })
  expect(query({})).toEqual({ limit: 50 })
  expect(fieldOf(() => query({ limit: 'seven' }))).toBe('limit')
  expect(fieldOf(() => createCheck(Type.Object(Paging), 'body', false)({ limit: '7' }))).toBe('limit')
})

test.each([
  ['a NUL', 'a\0b'],
  ['half of a surrogate pair', 'a\ud800'],
])('%s is refused wherever it stands: the database could not keep it', (_, text) => {
  expect(fieldOf(() => check({ name: text }))).toBe('name')
  expect(fieldOf(() => check({ name: 'a', free: { deep: [{ inside: text }] } }))).toBe('free.deep.0.inside')
  expect(fieldOf(() => check({ name: 'a', free: { [text]: 1 } }))).toBe('free')
})

test('no operation’s body, whatever is sent, is anything but accepted or refused', () => {
  const checks = operations.flatMap((spec) => (spec.body ? [createCheck(spec.body, 'body', false)] : []))
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const it of checks) {
        try {
          it(value)
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError)
        }
      }
    }),
    { seed: 20_260_701, numRuns: 200 },
  )
})
