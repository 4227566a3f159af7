import type { JsonSchema } from '@yiduo/contract'
import { kebab } from '../flags/field.ts'
import { yuanText } from '../flags/scalar.ts'
import type { Say } from '../message/catalogue.ts'
import type { Word } from '../message/words.ts'

export interface CellStyle {
  readonly say: Say
  readonly word: Word
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-11-22 14:05:09` on the reader's own clock; what is no instant stays as it is. */
export const localInstant = (text: string): string => {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** `¥1,234.50`. */
export const money = (yuanE4: number): string => {
  const [whole = '0', fraction = '00'] = yuanText(Math.abs(yuanE4)).split('.')
  return `${yuanE4 < 0 ? '-' : ''}¥${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

/** A cloud's words may hold anything; a terminal must not take orders from them. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]+/gu, ' ').trim()

const oneOf = (schema: JsonSchema): JsonSchema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

/** One value in one line, as a person reads it. */
export const cellText = (property: string, given: JsonSchema, value: unknown, style: CellStyle): string => {
  const schema = oneOf(given)
  if (value === null || value === undefined || value === '') return '-'
  if (typeof value === 'number') return property.endsWith('YuanE4') ? money(value) : String(value)
  if (typeof value === 'boolean') return style.say(value ? 'yes' : 'no')
  if (typeof value === 'string')
    return schema.format === 'date-time' ? localInstant(value) : printable(style.word(property, value, schema.enum))
  if (Array.isArray(value)) {
    if (value.length === 0) return '-'
    const isPlain = value.every((it) => typeof it !== 'object')
    return isPlain
      ? value.map((it) => cellText(property, schema.items ?? {}, it, style)).join(', ')
      : `(${value.length})`
  }
  if (schema.$id === 'Fault') return faultText(value, style.say)
  const parts = Object.entries(value).filter(([, it]) => it !== null)
  return (
    parts.map(([key, it]) => `${kebab(key)}=${cellText(key, schema.properties?.[key] ?? {}, it, style)}`).join(' ') ||
    '-'
  )
}

/** What went wrong, what to do now, and the cloud's own words where there are any. */
const faultText = (value: object, say: Say): string => {
  const text = (key: string): string => {
    const it: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
    return typeof it === 'string' ? printable(it) : ''
  }
  const words = text('words')
  return [text('message'), text('next'), ...(words ? [say('cloud-words', { words })] : [])].filter((it) => it).join(' ')
}
