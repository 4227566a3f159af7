import { Type } from 'typebox'

/** RFC 3339 in UTC. No leap seconds: neither JavaScript nor PostgreSQL counts them. */
export const Instant = Type.String({
  format: 'date-time',
  pattern: '^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-5][0-9]',
  description: 'RFC 3339, UTC',
})

/** Money is an integer number of 1/10000 yuan; sums on bills are always whole fen (multiples of 100). */
export const YuanE4 = Type.Integer({ description: '1/10000 yuan (10000 = ¥1.00)' })

/** What a person calls a thing: any script; control characters never. */
const named = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$' })
export const Name = named(120)
/** Invisible, or turning the direction of writing; the fillers of Hangul are letters by their class. */
const unseen = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u115F\\u1160\\u3164\\uFFA0'
const lookAlikes = '[\\p{Script=Cyrillic}\\p{Script=Greek}]'
const mixed = `(?!.*\\p{Script=Latin}.*${lookAlikes})(?!.*${lookAlikes}.*\\p{Script=Latin})`
/**
 * What a person is told from others by: nothing invisible, nothing that turns the direction of writing, no letters of two
 * alphabets that look alike. Private-use characters stay: rare characters of names are kept there.
 */
export const PersonName = Type.String({
  minLength: 1,
  maxLength: 120,
  pattern: `^${mixed}[^${unseen}]*[^\\s${unseen}][^${unseen}]*$`,
  description: 'no invisible characters, and no letters that look alike from two alphabets',
})
/** Part of another name, which is to stay one. */
export const ShortName = named(40)
export const Remark = Type.String({ maxLength: 2000 })
export const Code = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$' })

/** Calendar month of Asia/Shanghai, `2026-11`. */
export const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$', examples: ['2026-11'] })

/** GB/T 2260 code of an administrative division: 6 digits, 9 for townships, 12 for villages. */
export const DivisionCode = Type.String({ pattern: '^[0-9]{6}([0-9]{3}){0,2}$' })

/** One of a closed list of words. */
export const literals = <const T extends readonly string[]>(values: T, options: Record<string, unknown> = {}) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options })

export const nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Looked for inside names. Words of Chinese have two characters; one alone would find everything. */
export const SearchText = Type.String({
  minLength: 2,
  maxLength: 120,
  pattern: '^\\s*[^\\p{Cc}\\s][^\\p{Cc}]*[^\\p{Cc}\\s]\\s*$',
})

/** Keyset paging: the cursor is opaque and holds the last row's key. */
export const Paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
}

export const pageOf = <T extends import('typebox').TSchema>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) }, { $id })
