import { type Fault, type FaultParameters, fault, type InputProblem } from '@yiduo/contract'
import { type TSchema, Type } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'

/** A field of what came in, and what is wrong with it. */
export const inputFault = (field: string, problem: InputProblem, parameters: FaultParameters = {}): Fault =>
  fault('input-invalid', { field, problem, ...parameters })

const kinds: Readonly<Record<string, InputProblem>> = {
  string: 'not-text',
  integer: 'not-an-integer',
  number: 'not-a-number',
  boolean: 'not-yes-or-no',
  array: 'not-a-list',
  object: 'not-an-object',
}

const bounds: Readonly<Record<string, InputProblem>> = {
  maxLength: 'text-too-long',
  minLength: 'text-too-short',
  maximum: 'number-too-large',
  exclusiveMaximum: 'number-too-large',
  minimum: 'number-too-small',
  exclusiveMinimum: 'number-too-small',
  maxItems: 'list-too-long',
  minItems: 'list-too-short',
}

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

type Wrong = readonly [problem: InputProblem, parameters?: FaultParameters]

const wrongBy = (schema: TSchema, path: readonly string[], it: TLocalizedValidationError): Wrong => {
  const bound = bounds[it.keyword]
  if (bound && 'limit' in it.params) return [bound, { limit: Number(it.params.limit) }]
  switch (it.keyword) {
    case 'required':
      return ['field-missing']
    case 'boolean': // what TypeBox says of a member that is not in the schema
    case 'additionalProperties':
      return ['field-unknown']
    case 'enum':
      return ['value-not-among', { allowed: it.params.allowedValues.join(', ') }]
    case 'uniqueItems':
      return ['list-repeats']
    case 'type':
      return [kinds[String(it.params.type)] ?? 'shape-wrong']
    case 'pattern':
    case 'format': {
      const form = describe(schema, path)
      return form === null ? ['form-wrong'] : ['form-described', { form }]
    }
    default:
      return ['shape-wrong']
  }
}

/** Of a choice between shapes what says most: neither that all failed, nor that it is not null. */
const telling = (errors: readonly TLocalizedValidationError[]): TLocalizedValidationError | undefined =>
  errors.find((it) => it.keyword !== 'anyOf' && !(it.keyword === 'type' && it.params.type === 'null')) ?? errors[0]

/** The first thing that is wrong with what came in, named by its field; `where` is the whole. */
export const firstProblem = (schema: TSchema, errors: readonly TLocalizedValidationError[], where: string): Fault => {
  const error = telling(errors)
  if (error === undefined) return inputFault(where, 'shape-wrong')
  const path = error.instancePath.split('/').slice(1)
  const [problem, parameters] = wrongBy(schema, path, error)
  const missing = error.keyword === 'required' ? error.params.requiredProperties.slice(0, 1) : []
  return inputFault([...path, ...missing].join('.') || where, problem, parameters)
}
