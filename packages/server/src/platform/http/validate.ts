import { fault } from '@yiduo/contract'
import { type TSchema, Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { FaultError } from '../../kernel/refusal.ts'

/** Checks what came in and answers it cleaned: defaults filled in, unknown members refused. */
export type Check = (value: unknown) => unknown

const problemOf = (error: { keyword: string; message: string; params: object }): string =>
  error.keyword === 'pattern' ? 'not in the expected form' : error.message

const firstFault = (validator: Validator, value: unknown, where: string) => {
  const error = validator.Errors(value)[0]
  const path = error?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  return fault('input-invalid', {
    field: path === '' ? where : path,
    problem: error ? problemOf(error) : 'not in the expected shape',
  })
}

/** Made anew, not spread: TypeBox keeps what Default and Convert need in members that a spread drops. */
const schemaOf = (schema: TSchema): TSchema =>
  Type.IsObject(schema) ? Type.Object(schema.properties, { additionalProperties: false }) : schema

/** `text`: query and path hold only strings, which are turned into the numbers and booleans the schema asks for. */
export const createCheck = (schema: TSchema, where: 'body' | 'query' | 'path', text: boolean): Check => {
  const validator = Compile(schemaOf(schema))
  return (value) => {
    const filled = validator.Default(structuredClone(value ?? {}))
    const converted = text ? validator.Convert(filled) : filled
    if (!validator.Check(converted)) throw new FaultError(firstFault(validator, converted, where))
    return converted
  }
}
