import { type IdKind, idsBeginning } from '@yiduo/contract'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { rows, rowsPlannedAnew, type Tx } from './query.ts'

/** A text that is looked for in names, and how much of a name it has to be. */
export interface Sought {
  readonly text: string
  readonly match: 'inside' | 'whole'
}

/** Where a table is searched. All are constants of the store. */
export interface Searchable {
  readonly table: string
  /** The columns of its index of bigrams, `<table>_text`, in the index's order; each has one of whole names as well. */
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
export const bigramsOf = (text: string): string[] => {
  const characters = [...text]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

const matches = (column: string, text: string, match: Sought['match']): Sql => {
  const name = sql`lower(${raw(column)} collate "C")`
  return match === 'whole' ? sql`${name} = ${text}` : sql`position(${text} in ${name}) > 0`
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

/** What is looked for in a table that can be searched. */
export interface Called {
  readonly it: Searchable
  readonly sought: Sought
}

export const calledSo = (it: Searchable, sought: Sought | null): Called | null => sought && { it, sought }

/** So many matches are few: they are looked up, each, instead of being met on the way through all rows. */
const few = 2_000

const named = ({ names }: Searchable, { text, match }: Sought): Sql =>
  join(
    names.map((name) => matches(name, lowered(text), match)),
    ' or ',
  )

const known = ({ otherwise }: Searchable, { text }: Sought): readonly Sql[] => otherwise?.(text.trim()) ?? []

/** `and …`: what is called so, asked of each row that is met. */
export const isCalledSo = ({ it, sought }: Called): Sql =>
  sql`and (${join([named(it, sought), ...known(it, sought)], ' or ')})`

/** So few pairs tell as much as all, if they are the rarest: each costs a way through all that hold it. */
const tellingPairs = 3

/** The pairs of a text that the fewest names hold, as PostgreSQL's statistics of the index have it. */
const tellingOf = async (tx: Tx, table: string, text: string): Promise<string[]> => {
  const pairs = [...new Set(bigramsOf(text))]
  if (pairs.length <= tellingPairs) return pairs
  const found = await rows<{ pair: string; frequency: number }>(
    tx,
    sql`select pair, frequency
        from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as common (pair, frequency)
        where schemaname = current_schema and tablename = ${`${table}_text`} and pair = any(${pairs}::text[])`,
  )
  const frequencies = new Map(found.map((it) => [it.pair, it.frequency]))
  const frequencyOf = (pair: string) => frequencies.get(pair) ?? 0
  return pairs.toSorted((a, b) => frequencyOf(a) - frequencyOf(b)).slice(0, tellingPairs)
}

/** Ids of whatever is called so, for lists of what belongs to it. */
export const idsCalled = ({ table, names }: Pick<Searchable, 'table' | 'names'>, sought: Sought): Sql =>
  sql`select id from ${raw(table)}
      where bigrams(${raw(names.join(', '))}) @> ${bigramsOf(lowered(sought.text))}::text[]
        and (${named({ table, names }, sought)})`

/** What its indexes find of that name. */
const namedBy = async (tx: Tx, it: Searchable, sought: Sought): Promise<readonly Sql[]> => {
  const text = lowered(sought.text)
  if (sought.match === 'whole') return it.names.map((name) => matches(name, text, sought.match))
  const pairs = await tellingOf(tx, it.table, text)
  return [sql`bigrams(${raw(it.names.join(', '))}) @> ${pairs}::text[] and (${named(it, sought)})`]
}

/**
 * `and …`: what is called so, looked up in the indexes where it is few; null where it is many. How many is asked of the
 * indexes and not guessed, for a guess takes pairs of characters for independent of each other, which in names they
 * never are.
 */
export const isAmongFewCalled = async (tx: Tx, { it, sought }: Called): Promise<Sql | null> => {
  const found = [...(await namedBy(tx, it, sought)), ...known(it, sought)]
  const looked = (limit: Sql): Sql =>
    join(
      found.map((condition) => sql`(select id from ${raw(it.table)} where ${condition} ${limit})`),
      ' union all ',
    )
  const counting = sql`select count(*)::int as count from (${looked(sql`limit ${few + 1}`)}) found`
  const [counted] = await rowsPlannedAnew<{ count: number }>(tx, counting)
  return (counted?.count ?? 0) <= few ? sql`and ${raw(it.table)}.id = any(array(${looked(empty)}))` : null
}
