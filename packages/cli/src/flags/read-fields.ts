import { usageError } from '../command-error.ts'
import { readCompact } from './compact.ts'
import { type Field, fieldsOf, mayBeEmpty, type Spelling, spelled } from './field.ts'
import { readEntry } from './record.ts'
import { nullWord, readScalar } from './scalar.ts'

/** The text of a file, of standard input for `-`. */
export type ReadFile = (path: string) => string

export type Values = Record<string, unknown>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON object given in place or as `@file`; null where the text is neither. */
export const readJsonObject = (text: string, readFile: ReadFile): Values | null => {
  const json = text.startsWith('@') ? readFile(text.slice(1)) : text.startsWith('{') ? text : null
  if (json === null) return null
  try {
    const value: unknown = JSON.parse(json)
    if (isObject(value)) return value
  } catch {
    // told below: it is JSON that was meant, whatever is wrong with it
  }
  throw usageError('json-wrong', { value: text.startsWith('@') ? text : '{…}' })
}

const readObject = (field: Field, text: string, readFile: ReadFile): Values => {
  const json = readJsonObject(text, readFile)
  if (json) return json
  const fields = fieldsOf(field.shape === 'objects' ? (field.schema.items ?? {}) : field.schema)
  const value: Values = {}
  for (const [key, part] of readCompact(text)) {
    const meant = spelled(fields, key)
    if (!meant)
      throw usageError('key-unknown', {
        key,
        flag: field.spellings[0].name,
        known: fields.map((it) => it.spellings[0].name).join(', '),
      })
    if (meant.field.property in value) throw usageError('given-twice', { flag: key })
    if (part === null && meant.field.schema.type !== 'boolean') throw usageError('value-missing', { flag: key })
    value[meant.field.property] = readScalar(meant.field, meant.spelling, part ?? 'true')
  }
  return value
}

/** Adds one occurrence of a flag to what was given so far. */
export const addOccurrence = (
  values: Values,
  { field, spelling }: { field: Field; spelling: Spelling },
  text: string,
  readFile: ReadFile,
): void => {
  const { property, shape } = field
  const before = values[property]
  if (shape === 'scalar') {
    if (before !== undefined) throw usageError('given-twice', { flag: spelling.name })
    values[property] = readScalar(field, spelling, text)
  } else if (shape === 'scalars' && field.nullable && before === undefined && text === nullWord) {
    values[property] = null
  } else if (shape === 'scalars') {
    const item = { ...field, schema: field.schema.items ?? {}, nullable: false }
    values[property] = [...(Array.isArray(before) ? before : []), readScalar(item, spelling, text)]
  } else if (mayBeEmpty(field) && before === undefined && text === nullWord) {
    values[property] = []
  } else if (shape === 'objects') {
    values[property] = [...(Array.isArray(before) ? before : []), readObject(field, text, readFile)]
  } else {
    const secret = field.schema.writeOnly === true
    const more =
      shape === 'object'
        ? readObject(field, text, readFile)
        : (readJsonObject(text, readFile) ?? Object.fromEntries([readEntry(text, secret)]))
    values[property] = { ...(isObject(before) ? before : {}), ...more }
  }
}
