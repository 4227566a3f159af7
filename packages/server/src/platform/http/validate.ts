import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { FaultError } from '../../kernel/refusal.ts'
import { firstProblem, inputFault } from './input-problem.ts'
import { unstorableIn } from './storable.ts'

/** Checks what came in and answers it cleaned: defaults filled in, unknown members refused. */
export type Check = (value: unknown) => unknown

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
    // Filled in on a copy; what comes as text is flat.
    const filled = validator.Default(text ? { ...(value ?? {}) } : structuredClone(value ?? {}))
    const converted = text ? validator.Convert(filled) : filled
    if (!validator.Check(converted)) throw new FaultError(firstProblem(schema, validator.Errors(converted), where))
    const unstorable = unstorableIn(converted)
    if (unstorable) throw new FaultError(inputFault(unstorable.join('.') || where, 'text-not-storable'))
    return converted
  }
}
