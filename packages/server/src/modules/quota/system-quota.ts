import { type BodyOf, fromId, type Measure, type SystemQuota, type systemQuotaSet, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { QuotaDeps } from './service.ts'
import { lockHoldings } from './store.ts'
import * as store from './system-store.ts'

const view = (row: store.SystemQuotaRow): SystemQuota => ({
  systemId: toId('system', row.systemId),
  measure: row.measure,
  limit: row.quotaLimit,
  held: row.held,
})

const reach = async ({ reachSystem }: QuotaDeps, tx: Tx, act: Act, id: string) => {
  const uuid = fromId('system', id)
  return uuid ? reachSystem(tx, act, uuid) : null
}

const set =
  (deps: QuotaDeps) =>
  (act: Act, systemId: string, measure: Measure, ask: BodyOf<typeof systemQuotaSet>): Promise<SystemQuota | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const system = await reach(deps, tx, act, systemId)
      if (!system) return refuse('not-found')
      await lockHoldings(tx, system.organisationId)
      const before = (await store.listSystemQuotas(tx, system.id)).find((it) => it.measure === measure)
      const row = await store.setSystemQuota(tx, system.id, measure, ask.limit)
      if (row.held > row.quotaLimit) return refuse('quota-below-held', { held: row.held })
      const made = view(row)
      await deps.record(tx, {
        on: systemId,
        organisationId: system.organisationId,
        before: before && view(before),
        after: made,
      })
      return made
    })

const remove =
  (deps: QuotaDeps) =>
  (act: Act, systemId: string, measure: Measure): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const system = await reach(deps, tx, act, systemId)
      if (!system) return refuse('not-found')
      await lockHoldings(tx, system.organisationId)
      const removed = await store.removeSystemQuota(tx, system.id, measure)
      if (!removed) return refuse('not-found')
      await deps.record(tx, { on: systemId, organisationId: system.organisationId, before: view(removed) })
      return null
    })

/** The quota that a business system has of its own. Where it has none, only its organisation’s binds it. */
export const systemQuotas = (deps: QuotaDeps) => ({
  setOfSystem: set(deps),
  removeOfSystem: remove(deps),

  async listOfSystem(act: Act, systemId: string): Promise<{ items: SystemQuota[] } | Refusal> {
    const system = await reach(deps, deps.database.plain, act, systemId)
    if (!system) return refuse('not-found')
    return { items: (await store.listSystemQuotas(deps.database.plain, system.id)).map(view) }
  },
})
