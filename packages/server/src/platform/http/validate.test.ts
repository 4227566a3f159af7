import { LineAsk, operations, Paging } from '@yiduo/contract'
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
