import { type Pair, writeCompact } from './compact.ts'
import { type Field, fieldsOf, mayBeEmpty } from './field.ts'
import { writeEntry } from './record.ts'
import { nullWord, writeScalar } from './scalar.ts'

const compactOf = (fields: readonly Field[], value: object): string => {
  const pairs: Pair[] = []
  for (const [property, it] of Object.entries(value)) {
    const field = fields.find((one) => one.property === property)
    if (field?.shape !== 'scalar') return JSON.stringify(value)
    pairs.push([field.spellings[0].name, it === true ? null : writeScalar(field, it)])
  }
  return pairs.length > 0 ? writeCompact(pairs) : '{}'
}

const entriesOf = (value: object, secret: boolean): readonly string[] => {
  const entries = Object.entries(value).map(([key, it]) => writeEntry(key, it, secret))
  const plain = entries.filter((it) => it !== null)
  return plain.length > 0 && plain.length === entries.length ? plain : [JSON.stringify(value)]
}

const textsOf = (field: Field, value: unknown): readonly string[] => {
  if (field.shape === 'scalar' || (field.shape === 'scalars' && value === null)) return [writeScalar(field, value)]
  if (field.shape === 'scalars' && Array.isArray(value)) return value.map(String)
  const fields = fieldsOf(field.shape === 'objects' ? (field.schema.items ?? {}) : field.schema)
  if (field.shape === 'objects' && Array.isArray(value))
    return value.length === 0 && mayBeEmpty(field) ? [nullWord] : value.map((it) => compactOf(fields, it))
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  return field.shape === 'object' ? [compactOf(fields, value)] : entriesOf(value, field.schema.writeOnly === true)
}

/** The flags that say these values: what a person would have typed. */
export const writeFields = (fields: readonly Field[], values: Readonly<Record<string, unknown>>): readonly string[] =>
  fields.flatMap((field) => {
    const value = values[field.property]
    const flag = `--${field.spellings[0].name}`
    if (value === undefined) return []
    if (field.schema.type === 'boolean' && field.shape === 'scalar')
      return [value === true ? flag : flag.replace('--', '--no-')]
    // `--name=-x`: apart, `-x` would read as a flag.
    return textsOf(field, value).flatMap((text) => (text.startsWith('-') ? [`${flag}=${text}`] : [flag, text]))
  })
