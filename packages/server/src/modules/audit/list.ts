import { type AuditEntry, type auditList, type auditMine, type ForeignAct, type QueryOf, toId } from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import * as store from './store.ts'
import type { Trail } from './trail.ts'

export interface AuditDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly trail: Trail
  /** What of a scope lies at an organisation and below it. */
  readonly within: (tx: Tx, scope: Scope, organisationId: string | undefined) => Promise<Scope>
  readonly reachesProvince: (tx: Tx, act: Act) => Promise<boolean>
  readonly organisationNames: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What things are called, by their typed ids; what has no name is left out. */
  readonly thingNames: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Bare id of the province; null before there is one. */
  readonly province: () => Promise<string | null>
}

export const view = (row: store.AuditRow): AuditEntry => ({
  ...row,
  id: toId('audit', row.id),
  at: row.at.toISOString(),
  actorOrganisationId: row.actorOrganisationId && toId('organisation', row.actorOrganisationId),
  organisationId: row.organisationId && toId('organisation', row.organisationId),
  outcome: row.outcome ?? 'done',
  emergencyGrantId: row.emergencyGrantId && toId('grant', row.emergencyGrantId),
})

const instant = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text))

export const filterOf = (query: Omit<QueryOf<typeof auditList>, 'limit' | 'cursor'>): store.AuditFilter => ({
  target: query.target ?? null,
  operation: query.operation ?? null,
  actor: query.actor ?? null,
  trace: query.trace ?? null,
  outcome: query.outcome ?? null,
  emergency: query.emergency ?? null,
  from: instant(query.from),
  until: instant(query.until),
})

/** A thing may be another's by now, and called as that one likes: only who sees all of them is told. */
const namesFor = async (
  { database, thingNames, reachesProvince }: AuditDeps,
  act: Act,
  found: readonly store.AuditRow[],
) =>
  (await reachesProvince(database.plain, act))
    ? thingNames(database.plain, [...new Set(found.map((it) => it.target))])
    : new Map<string, string>()

export const listTrail = (deps: AuditDeps) => ({
  async list(act: Act, query: QueryOf<typeof auditList>) {
    const { database, within } = deps
    const page = keyset(query)
    const scope = await within(database.plain, act.scope, query.organisationId)
    const found = await store.listEntries(database.plain, scope, filterOf(query), page)
    const names = await namesFor(deps, act, found)
    return toPage(found, page, (row): AuditEntry => {
      const targetName = names.get(row.target)
      return targetName === undefined ? view(row) : { ...view(row), targetName }
    })
  },

  /** Without addresses, and without before and after: they may hold words that are not for the department. */
  async mine(act: Act, query: QueryOf<typeof auditMine>) {
    const { database, organisationNames } = deps
    const page = keyset(query)
    const found = await store.listForeignActs(database.plain, act.scope, filterOf(query), page)
    const names = await organisationNames(database.plain, [...new Set(found.map((it) => it.actorOrganisationId))])
    return toPage(
      found,
      page,
      (row): ForeignAct => ({
        ...row,
        id: toId('audit', row.id),
        at: row.at.toISOString(),
        actorOrganisationId: toId('organisation', row.actorOrganisationId),
        actorOrganisationName: names.get(row.actorOrganisationId) ?? '',
      }),
    )
  },
})
