import type { JsonSchema } from '@yiduo/contract'
import fc from 'fast-check'

const jsonValue = fc.jsonValue().map((it): unknown => JSON.parse(JSON.stringify(it))) // -0 is no JSON

const stringOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((it) => it.toISOString())
  // fast-check cannot make texts for Unicode classes; it can throw away those that do not fit.
  if (schema.pattern?.includes('\\p')) return anyText(schema)
  return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : anyText(schema)
}

const anyText = ({ pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength, maxLength: Math.min(40, maxLength) }),
    fc.constantFrom(
      '-x',
      '--name',
      'a,b=c',
      '"quoted"',
      '{}',
      '@file',
      '政务 云',
      "it's",
      'true',
      '12',
      ' x ',
      'x=',
      '"',
    ),
  )
  return pattern ? text.filter((it) => new RegExp(pattern, 'u').test(it)) : text.filter((it) => it.length >= minLength)
}

/** Any value that the schema admits. */
export const arbitraryOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryOf))
  const { minimum = -1_000_000, maximum = 1_000_000, multipleOf = 1 } = schema
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc
        .integer({ min: Math.ceil(minimum / multipleOf), max: Math.floor(maximum / multipleOf) })
        .map((it) => it * multipleOf)
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true }).map((it) => it + 0)
    case 'string':
      return stringOf(schema)
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 })
    default:
      return schema.patternProperties
        ? fc.dictionary(fc.string(), jsonValue, { noNullPrototype: true })
        : objectOf(schema)
  }
}

const objectOf = ({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, it]) => [name, arbitraryOf(it)])), {
    requiredKeys: [...required],
    noNullPrototype: true,
  })

/** Any value of an operation's part; an empty object where it has none. */
export const arbitraryPart = (schema: JsonSchema | undefined): fc.Arbitrary<Record<string, unknown>> =>
  objectOf(schema ?? {})
