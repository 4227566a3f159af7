import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'

const isOneOf = (organisations: readonly string[], column: string): Sql =>
  organisations.length === 1
    ? sql`${raw(column)} = ${organisations[0]}` // an index by it gives its rows in order, by any(…) it would not
    : sql`${raw(column)} = any(${[...organisations]}::uuid[])`

/**
 * A subtree as a range of the path's index: what begins with `/1/2/` lies between it and `/1/20`, for `0` is the
 * character after `/` in the path's collation.
 */
const isBelow = (root: string, path: string): Sql =>
  sql`(${raw(path)} >= ${root} and ${raw(path)} < ${`${root.slice(0, -1)}0`})`

/** Whether an organisation itself lies in the scope; `alias` is the organisations table's. */
export const lies = ({ all, organisations, subtrees }: Scope, alias: string): Sql => {
  if (all) return sql`true`
  const alternatives = subtrees.map((root) => isBelow(root, `${alias}.path`))
  if (organisations.length > 0) alternatives.push(isOneOf(organisations, `${alias}.id`))
  return alternatives.length === 0 ? sql`false` : sql`(${join(alternatives, ' or ')})`
}

/**
 * The one authority predicate, for lists and single rows alike: the row's organisation lies in the scope.
 * `column` names the organisation's id (a constant of the store, never input).
 */
export const visible = (scope: Scope, column: string): Sql => {
  if (scope.all) return sql`true`
  if (scope.subtrees.length === 0)
    return scope.organisations.length === 0 ? sql`false` : isOneOf(scope.organisations, column)
  // A question about the one organisation, not a search for it: as a condition it would be looked for by its path, and
  // as a join all organisations of a province would be read for a page of fifty.
  return sql`(select ${lies(scope, 'o')} from organisations o where o.id = ${raw(column)})`
}

export const when = (condition: unknown, fragment: Sql): Sql => (condition ? fragment : empty)
