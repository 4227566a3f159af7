import { type ApprovalRoute, type BodyOf, fromId, partyNames, type routeCreate, type routeEdit } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import { type Tx, violatedConstraint } from '../../platform/database/index.ts'
import type { ApprovalDeps } from './service.ts'
import * as store from './store.ts'
import { viewRoute } from './view.ts'

/** Parties that are organisations must be there when the route is written; offices are looked for when it is taken. */
const missingParty = async (deps: ApprovalDeps, tx: Tx, ask: BodyOf<typeof routeEdit>): Promise<Refusal | null> => {
  const parties = (ask.stages ?? []).flatMap(({ parties, escalateTo }) => [
    ...parties,
    ...(escalateTo === null ? [] : [escalateTo]),
  ])
  for (const party of parties) {
    if ((partyNames as readonly string[]).includes(party)) continue
    const uuid = fromId('organisation', party)
    if (!uuid || !(await deps.organisations.exists(tx, uuid))) return refuse('party-missing', { party })
  }
  return null
}

/** Whose requests it rules: an operator within the act's reach, or the whole province for those who reach all of it. */
const ownerOf = async (deps: ApprovalDeps, tx: Tx, act: Act, id: string | null): Promise<string | null | Refusal> => {
  if (id === null) return (await deps.organisations.reachesProvince(tx, act)) ? null : refuse('not-found')
  const uuid = fromId('organisation', id)
  return uuid && (await deps.organisations.reach(tx, act, uuid)) ? uuid : refuse('not-found')
}

export const createRoute =
  (deps: ApprovalDeps) =>
  async (act: Act, ask: BodyOf<typeof routeCreate>): Promise<ApprovalRoute | Refusal> => {
    try {
      return await deps.database.transaction(act, async (tx) => {
        const owner = await ownerOf(deps, tx, act, ask.operatorOrganisationId)
        if (owner !== null && typeof owner !== 'string') return owner
        const missing = await missingParty(deps, tx, ask)
        if (missing) return missing
        const { code, name, position, conditions, stages = [] } = ask
        const row: store.RouteRow = {
          id: deps.newId(),
          ...{ code, name, position, conditions, stages },
          operatorOrganisationId: owner,
          withdrawnAt: null,
          revision: 1,
          createdAt: deps.clock.now(),
        }
        await store.insertRoute(tx, row)
        const made = viewRoute(row)
        await deps.record(tx, { on: made.id, organisationId: owner, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'approval_routes_code_key') return refuse('code-taken', { code: ask.code })
      throw error
    }
  }

const change = (
  deps: ApprovalDeps,
  act: Act,
  id: string,
  to: (tx: Tx, row: store.RouteRow) => Promise<store.RouteRow | Refusal>,
): Promise<ApprovalRoute | Refusal> =>
  deps.database.transaction(act, async (tx) => {
    const uuid = fromId('route', id)
    const row = uuid && (await store.lockRoute(tx, uuid))
    if (!row) return refuse('not-found')
    const before = viewRoute(row)
    const owner = await ownerOf(deps, tx, act, before.operatorOrganisationId)
    if (owner !== null && typeof owner !== 'string') return owner
    const changed = await to(tx, row)
    if ('refused' in changed) return changed
    const after = { ...changed, revision: row.revision + 1 }
    await store.updateRoute(tx, after)
    await deps.record(tx, { on: id, organisationId: row.operatorOrganisationId, before, after: viewRoute(after) })
    return viewRoute(after)
  })

export const editRoute =
  (deps: ApprovalDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof routeEdit>, revision: number | null): Promise<ApprovalRoute | Refusal> =>
    change(deps, act, id, async (tx, row) => {
      const missing = staleBy(revision, row.revision) ?? (await missingParty(deps, tx, ask))
      const { name, position, conditions, stages = [] } = ask
      return missing ?? { ...row, name, position, conditions, stages }
    })

export const withdrawRoute =
  (deps: ApprovalDeps) =>
  (act: Act, id: string): Promise<ApprovalRoute | Refusal> =>
    change(deps, act, id, async (_tx, row) => ({ ...row, withdrawnAt: row.withdrawnAt ?? deps.clock.now() }))
