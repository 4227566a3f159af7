import type { JsonSchema } from '@yiduo/contract'
import { type Field, fieldsOf, mayBeEmpty } from '../flags/field.ts'
import { nullWord } from '../flags/scalar.ts'
import type { Say } from '../message/catalogue.ts'
import { idPrefixesOf } from '../names/id-prefixes.ts'
import { namedPrefixes } from '../names/lookup.ts'

const range = ({ minimum, maximum }: JsonSchema): string => {
  if (minimum !== undefined && maximum !== undefined) return ` ${minimum}–${maximum}`
  if (minimum !== undefined) return ` ≥ ${minimum}`
  return maximum !== undefined ? ` ≤ ${maximum}` : ''
}

const scalarText = (schema: JsonSchema, inYuan: boolean, say: Say): string => {
  const prefixes = idPrefixesOf(schema)
  if (prefixes) return prefixes.some((it) => namedPrefixes.has(it)) ? say('type-id-or-name') : say('type-id')
  if (schema.enum) return schema.enum.join('|')
  if (inYuan) return say('type-yuan')
  if (schema.format === 'date-time') return say('type-instant')
  if (schema.type === 'integer') return `${say('type-integer')}${range(schema)}`
  if (schema.type === 'number') return `${say('type-number')}${range(schema)}`
  return say('type-text')
}

const keysText = (schema: JsonSchema, say: Say): string =>
  fieldsOf(schema)
    .map(({ required, spellings: [{ name, inYuan }], schema: it }) => {
      const text = it.type === 'boolean' ? name : `${name}=<${scalarText(it, inYuan, say)}>`
      return required ? text : `[${text}]`
    })
    .join(',')

/** What follows a flag, as the help shows it; empty for a switch. */
export const valueText = (field: Field, say: Say): string => {
  const { shape, schema, nullable, spellings } = field
  const [{ inYuan }] = spellings
  const none = nullable || mayBeEmpty(field) ? `|${nullWord}` : ''
  if (shape === 'record') return say('type-entry')
  if (shape === 'object') return keysText(schema, say)
  if (shape === 'objects') return `${keysText(schema.items ?? {}, say)}${none}`
  if (shape === 'scalars') return `<${scalarText(schema.items ?? {}, false, say)}>`
  return schema.type === 'boolean' ? '' : `<${scalarText(schema, inYuan, say)}${none}>`
}

/** What a reader should know beyond the value's form. */
export const remarksOn = ({ shape, schema, required }: Field, say: Say): string => {
  const remarks = [
    required ? (shape === 'scalar' && schema.writeOnly ? say('asked-if-absent') : say('required')) : '',
    shape === 'scalars' || shape === 'objects' || shape === 'record' ? say('repeatable') : '',
    schema.default === undefined ? '' : say('default-is', { value: String(schema.default) }),
  ].filter((it) => it !== '')
  return remarks.length > 0 ? ` (${remarks.join(say('list-comma'))})` : ''
}
