import { usageError } from '../command-error.ts'
import type { Field, Spelling } from './field.ts'

/** How `null` is written where a property may be that. */
export const nullWord = 'none'

/** `12.5` yuan is 125000; exact, without floating point. Null for anything else. */
const yuanE4Of = (text: string): number | null => {
  const [, sign, whole, fraction = ''] = text.match(/^(-?)(\d{1,11})(?:\.(\d{1,4}))?$/) ?? []
  return whole === undefined ? null : Number(`${sign}${whole}${fraction.padEnd(4, '0')}`)
}

/** At least the two digits of jiao and fen, four where they say something. */
export const yuanText = (yuanE4: number): string => {
  const digits = String(Math.abs(yuanE4)).padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0{1,2}$/, '')
  return `${yuanE4 < 0 ? '-' : ''}${digits.slice(0, -4)}.${fraction}`
}

const integerOf = (text: string): number | null => {
  const value = Number(text)
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : null
}

const numberOf = (text: string): number | null =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null

const booleanOf = (text: string): boolean | null => ({ true: true, false: false })[text] ?? null

/** @throws CommandError where the text is not what the property holds. */
export const readScalar = (field: Field, spelling: Spelling, text: string): unknown => {
  const { schema, nullable } = field
  if (nullable && text === nullWord) return null
  const read = (): unknown => {
    if (spelling.inYuan) return yuanE4Of(text)
    if (schema.type === 'integer') return integerOf(text)
    if (schema.type === 'number') return numberOf(text)
    if (schema.type === 'boolean') return booleanOf(text)
    return schema.enum && !schema.enum.includes(text) ? null : text
  }
  const value = read()
  if (value !== null) return value
  const expected = schema.enum?.join(', ') ?? (spelling.inYuan ? '12.50' : (schema.type ?? ''))
  throw usageError('value-wrong', { flag: spelling.name, value: text, expected })
}

/** The reverse of `readScalar`, in the field's first spelling. */
export const writeScalar = (field: Field, value: unknown): string => {
  if (value === null) return nullWord
  return field.spellings[0].inYuan && typeof value === 'number' ? yuanText(value) : String(value)
}
