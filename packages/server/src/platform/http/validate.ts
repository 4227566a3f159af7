import { fault } from '@yiduo/contract'
import { type TSchema, Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { FaultError } from '../../kernel/refusal.ts'
import { unstorableIn } from './storable.ts'

/** Checks what came in and answers it cleaned: defaults filled in, unknown members refused. */
export type Check = (value: unknown) => unknown

const problemOf = (error: { keyword: string; message: string; params: object }): string =>
  error.keyword === 'pattern' ? 'not in the expected form' : error.message

const invalid = (field: string, problem: string) => new FaultError(fault('input-invalid', { field, problem }))

const firstProblem = (validator: Validator, value: unknown, where: string) => {
  const error = validator.Errors(value)[0]
  const path = error?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  return invalid(path === '' ? where : path, error ? problemOf(error) : 'not in the expected shape')
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
    if (!validator.Check(converted)) throw firstProblem(validator, converted, where)
    const unstorable = unstorableIn(converted)
    if (unstorable) throw invalid(unstorable.join('.') || where, 'not well-formed text')
    return converted
  }
}
