import { fault } from '@yiduo/contract'
import { type TSchema, Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { FaultError } from '../../kernel/refusal.ts'
import { unstorableIn } from './storable.ts'

/** Checks what came in and answers it cleaned: defaults filled in, unknown members refused. */
export type Check = (value: unknown) => unknown

/** A pattern says nothing to people; its description does. */
const describe = (schema: TSchema, path: readonly string[]): string | null => {
  const [key, ...rest] = path
  if (key !== undefined && Type.IsObject(schema)) {
    const member = schema.properties[key]
    return member ? describe(member, rest) : null
  }
  if (key !== undefined && Type.IsArray(schema)) return describe(schema.items, rest)
  return 'description' in schema && typeof schema.description === 'string' ? schema.description : null
}

const invalid = (field: string, problem: string) => new FaultError(fault('input-invalid', { field, problem }))

const firstProblem = (schema: TSchema, validator: Validator, value: unknown, where: string) => {
  const error = validator.Errors(value)[0]
  if (error === undefined) return invalid(where, 'not in the expected shape')
  const path = error.instancePath.split('/').slice(1)
  const form = error.keyword === 'pattern' ? (describe(schema, path) ?? 'not in the expected form') : null
  return invalid(path.join('.') || where, form ?? error.message)
}

/**
 * Every object of the contract's own shape takes its own members only, at any depth: a misspelt one would be lost
 * without a word. Made anew, not spread: TypeBox keeps what Default and Convert need in members that a spread drops.
 */
const closed = (schema: TSchema): TSchema => {
  const inner = innerOf(schema)
  return Type.IsOptional(schema) ? Type.Optional(inner) : inner
}

const innerOf = (schema: TSchema): TSchema => {
  if (Type.IsObject(schema)) {
    const members = Object.entries(schema.properties).map(([name, member]) => [name, closed(member)])
    return Type.Object(Object.fromEntries(members), { additionalProperties: false })
  }
  if (!Type.IsArray(schema)) return schema
  const { items, ...options } = schema
  return Type.Array(closed(items), options)
}

/** `text`: query and path hold only strings, which are turned into the numbers and booleans the schema asks for. */
export const createCheck = (schema: TSchema, where: 'body' | 'query' | 'path', text: boolean): Check => {
  const validator = Compile(closed(schema))
  return (value) => {
    const filled = validator.Default(structuredClone(value ?? {}))
    const converted = text ? validator.Convert(filled) : filled
    if (!validator.Check(converted)) throw firstProblem(schema, validator, converted, where)
    const unstorable = unstorableIn(converted)
    if (unstorable) throw invalid(unstorable.join('.') || where, 'not well-formed text')
    return converted
  }
}
