import { type BodyOf, type BusinessSystem, fromId, type systemCreate, toId } from '@yiduo/contract'
import { type Act, everything, type Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import {
  type Database,
  type Found,
  keyset,
  type Sought,
  soughtIn,
  type Tx,
  toPage,
  violatedConstraint,
} from '../../platform/database/index.ts'
import { heldAt, heldIn, largestIn } from './holding-store.ts'
import * as store from './store.ts'

export interface SystemDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  /** Null where the act does not reach the organisation. */
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
}

const view = (row: store.SystemRow): BusinessSystem => ({
  ...row,
  id: toId('system', row.id),
  organisationId: toId('organisation', row.organisationId),
  createdAt: row.createdAt.toISOString(),
})

const create =
  ({ database, clock, newId, record, reachOrganisation }: SystemDeps) =>
  async (act: Act, ask: BodyOf<typeof systemCreate>): Promise<BusinessSystem | Refusal> => {
    try {
      return await database.transaction(act, async (tx) => {
        const uuid = fromId('organisation', ask.organisationId)
        const owner = uuid && (await reachOrganisation(tx, act, uuid))
        if (!owner) return refuse('not-found')
        const row: store.SystemRow = {
          id: newId(),
          organisationId: owner.id,
          name: ask.name,
          securityGrade: ask.securityGrade,
          dataClass: ask.dataClass ?? 'general',
          recoveryMode: ask.recoveryMode ?? 'none',
          zone: ask.zone ?? 'public',
          createdAt: clock.now(),
        }
        await store.insertSystem(tx, row)
        const made = view(row)
        await record(tx, { on: made.id, organisationId: owner.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'business_systems_organisation_id_name_key')
        return refuse('system-name-taken', { name: ask.name })
      throw error
    }
  }

export const createSystemService = (deps: SystemDeps) => ({
  create: create(deps),

  async get(act: Act, id: string): Promise<BusinessSystem | Refusal> {
    const uuid = fromId('system', id)
    const row = uuid && (await store.findSystem(deps.database.plain, act.scope, uuid))
    return row ? view(row) : refuse('not-found')
  },

  async list(act: Act, query: { limit?: number; cursor?: string; organisationId?: string; text?: string }) {
    const page = keyset(query)
    const organisationId = query.organisationId === undefined ? null : fromId('organisation', query.organisationId)
    const filter = { organisationId, sought: soughtIn(query.text) }
    return toPage(await store.listSystems(deps.database.plain, act.scope, filter, page), page, view)
  },

  async find(tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<Found[]> {
    const found = await store.listSystems(tx, scope, { organisationId: null, sought }, { limit, after: null })
    return found.map((row) => ({
      id: toId('system', row.id),
      organisationId: row.organisationId,
      name: row.name,
      note: null,
      state: null,
    }))
  },
  nameOf: async (tx: Tx, uuid: string): Promise<string | null> =>
    (await store.findSystem(tx, everything, uuid))?.name ?? null,
  /** What they are called, by bare id. */
  names: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.namesOf(tx, ids)).map((it) => [it.id, it.name])),

  heldAt,
  heldIn,
  largestIn,

  reach: (tx: Tx, act: Act, uuid: string) => store.findSystem(tx, act.scope, uuid),
})

export type SystemService = ReturnType<typeof createSystemService>
