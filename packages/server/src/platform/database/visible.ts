import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'

/**
 * The one authority predicate, for lists and single rows alike: the row's organisation lies in the scope.
 * `column` names the organisation's id (a constant of the store, never input).
 */
export const visible = (scope: Scope, column: string): Sql => {
  if (scope.all) return sql`true`
  const alternatives: Sql[] = []
  if (scope.organisations.length > 0) alternatives.push(sql`${raw(column)} = any(${[...scope.organisations]}::uuid[])`)
  if (scope.subtrees.length > 0) {
    const prefixes = scope.subtrees.map((path) => sql`o.path like ${`${path}%`}`)
    alternatives.push(
      sql`exists (select from organisations o where o.id = ${raw(column)} and (${join(prefixes, ' or ')}))`,
    )
  }
  return alternatives.length === 0 ? sql`false` : sql`(${join(alternatives, ' or ')})`
}

export const when = (condition: unknown, fragment: Sql): Sql => (condition ? fragment : empty)
