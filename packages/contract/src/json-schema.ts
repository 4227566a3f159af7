import type { TSchema } from 'typebox'

/** The part of JSON Schema (draft 2020-12) that the contract's schemas are made of. */
export interface JsonSchema {
  readonly $id?: string
  readonly $ref?: string
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null'
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
  readonly writeOnly?: boolean
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly anyOf?: readonly JsonSchema[]
}

/** TypeBox's own type says nothing of what a schema holds when it is not known beforehand; at run time it is this. */
export const jsonSchema = (schema: TSchema): JsonSchema => schema as JsonSchema
