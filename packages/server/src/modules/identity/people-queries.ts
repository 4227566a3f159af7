import { fromId, type Person, type personList, type QueryOf, type Role, toId } from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import { type Found, keyset, type Sought, soughtIn, type Tx, toPage } from '../../platform/database/index.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewPerson } from './view.ts'

/** Who is who, and who acts where: what others ask of identity. */
export const peopleQueries = (deps: IdentityDeps) => ({
  /** Ids of people who hold one of the roles over an organisation by grants of their own, two at most. */
  peopleOver: async (tx: Tx, roles: readonly Role[], organisationId: string): Promise<readonly string[]> =>
    (await store.peopleOver(tx, roles, organisationId, deps.clock.now())).map((it) => it.personId),

  /** Two at most: how many people hold a role over an organisation. */
  countOver: async (role: Role, organisationId: string): Promise<number> => {
    const uuid = fromId('organisation', organisationId) ?? ''
    return (await store.peopleOver(deps.database.plain, [role], uuid, deps.clock.now())).length
  },

  async listPeople(act: Act, query: QueryOf<typeof personList>) {
    const page = keyset(query)
    const organisationId = query.organisationId === undefined ? null : fromId('organisation', query.organisationId)
    const filter = { organisationId, kind: query.kind ?? null, sought: soughtIn(query.text) }
    return toPage(await store.listPeople(deps.database.plain, act.scope, filter, page), page, viewPerson)
  },

  async findPeople(tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<Found[]> {
    const found = await store.listPeople(
      tx,
      scope,
      { organisationId: null, kind: null, sought },
      { limit, after: null },
    )
    return found.map((row) => ({
      id: toId('person', row.id),
      organisationId: row.organisationId,
      name: row.name,
      note: row.login,
      state: null,
    }))
  },

  async findByLogin(login: string): Promise<Person | null> {
    const row = await store.personByLogin(deps.database.plain, login)
    return row && viewPerson(row)
  },

  /**
   * Who acts in a role for an organisation. Those of a level above have enough of their own to do: they are named only
   * where the organisation has nobody itself.
   */
  async holders(tx: Tx, role: Role, organisationId: string): Promise<string[]> {
    const found = await store.holdersOf(tx, role, organisationId, deps.clock.now())
    const own = found.filter((it) => it.own)
    return (own.length > 0 ? own : found).map((it) => it.personId)
  },

  /** Whether somebody holds a department's or an operator's role that reaches an organisation. */
  async actsFor(tx: Tx, personId: string, organisationId: string): Promise<boolean> {
    for (const role of ['department', 'operator'] as const) {
      const found = await store.holdersOf(tx, role, organisationId, deps.clock.now())
      if (found.some((it) => it.personId === personId)) return true
    }
    return false
  },

  /** The organisations that people belong to. */
  async organisationsOf(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map((await store.homesOf(tx, personIds)).map((it) => [it.id, it.organisationId]))
  },

  /** What people are called, by bare id. */
  names: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.namesOf(tx, ids)).map((it) => [it.id, it.name])),
})
