import { type IdKind, idsBeginning } from '@yiduo/contract'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { rowsPlannedAnew, type Tx } from './query.ts'

/** A text that is looked for in names, and how much of a name it has to be. */
export interface Sought {
  readonly text: string
  readonly match: 'inside' | 'beginning' | 'whole'
}

/** Where a table is searched. All are constants of the store. */
export interface Searchable {
  readonly table: string
  /** The columns of its index of bigrams, in the index's order. */
  readonly names: readonly [string, ...string[]]
  /** What else it is found by: each a condition with an index of its own. */
  readonly otherwise?: (text: string) => readonly Sql[]
}

/** What a search shows of one thing. */
export interface Found {
  readonly id: string
  /** Bare; null where it belongs to nobody. */
  readonly organisationId: string | null
  readonly name: string
  /** What else it is called or known by, as far as it tells people something. */
  readonly note: string | null
  readonly state: string | null
}

const lowered = (text: string): string => text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

/** What was typed into a list's own field. */
export const soughtIn = (text: string | undefined): Sought | null =>
  text === undefined ? null : { text, match: 'inside' }

/** The pairs of characters that `bigrams` of every match holds. */
export const bigramsOf = (text: string, match: Sought['match']): string[] => {
  const characters = [...`${match === 'inside' ? '' : '\u0002'}${text}${match === 'whole' ? '\u0003' : ''}`]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

const matches = (column: string, text: string, match: Sought['match']): Sql => {
  const name = sql`lower(${raw(column)} collate "C")`
  if (match === 'whole') return sql`${name} = ${text}`
  return match === 'beginning' ? sql`starts_with(${name}, ${text})` : sql`position(${text} in ${name}) > 0`
}

/** The same without any index: for tables of which there is a page or two. */
export const isCalled = (sought: Sought | null, ...columns: readonly [string, ...string[]]): Sql =>
  sought === null
    ? sql`true`
    : sql`(${join(
        columns.map((column) => matches(column, lowered(sought.text), sought.match)),
        ' or ',
      )})`

/** Ids of that kind that begin so, where the text is the beginning of one. */
export const idBegins = (kind: IdKind, text: string): readonly Sql[] => {
  const range = idsBeginning(kind, lowered(text))
  return range === null ? [] : [sql`id between ${range.first} and ${range.last}`]
}

/** So many matches are few: they are looked up, each, instead of being met on the way through all rows. */
const few = 2_000

const conditions = ({ names, otherwise }: Searchable, { text, match }: Sought): Sql[] => {
  const low = lowered(text)
  const called = join(
    names.map((name) => matches(name, low, match)),
    ' or ',
  )
  return [
    sql`bigrams(${raw(names.join(', '))}) @> ${bigramsOf(low, match)}::text[] and (${called})`,
    ...(otherwise?.(text.trim()) ?? []),
  ]
}

/**
 * `and …`: what is called so. How many that are is asked of the index and not guessed, for a guess takes pairs of
 * characters for independent of each other, which in names they never are: few are looked up, many are met on the way
 * through the rows in the list's own order.
 */
export const calledSo = async (tx: Tx, it: Searchable, sought: Sought | null): Promise<Sql> => {
  if (sought === null) return empty
  const found = conditions(it, sought)
  const each = (limit: Sql) =>
    found.map((condition) => sql`(select id from ${raw(it.table)} where ${condition} ${limit})`)
  const [counted] = await rowsPlannedAnew<{ count: number }>(
    tx,
    sql`select count(*)::int as count from (${join(each(sql`limit ${few + 1}`), ' union all ')}) found`,
  )
  if ((counted?.count ?? 0) <= few)
    return sql`and ${raw(it.table)}.id = any(array(${join(each(empty), ' union all ')}))`
  const low = lowered(sought.text)
  return sql`and (${join([...it.names.map((name) => matches(name, low, sought.match)), ...found.slice(1)], ' or ')})`
}
