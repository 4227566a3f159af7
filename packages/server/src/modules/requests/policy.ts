import { type BodyOf, fromId, type ProcessPolicy, type processPolicySet, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { findPolicy, type PolicyRow, savePolicy } from './policy-store.ts'
import type { RequestDeps } from './service.ts'

/** What holds where an operator has said nothing. */
const defaults: PolicyRow = { graceDays: 3, recycleDays: 7 }

export const policyOf = async (tx: Tx, operatorOrganisationId: string): Promise<PolicyRow> =>
  (await findPolicy(tx, operatorOrganisationId)) ?? defaults

export const policies = (deps: RequestDeps) => ({
  async policy(act: Act, organisationId: string): Promise<ProcessPolicy | Refusal> {
    const uuid = fromId('organisation', organisationId)
    const organisation = uuid && (await deps.organisations.reach(deps.database.plain, act, uuid))
    if (!organisation) return refuse('not-found')
    return { organisationId, ...(await policyOf(deps.database.plain, organisation.id)) }
  },

  setPolicy: (act: Act, organisationId: string, ask: BodyOf<typeof processPolicySet>) =>
    deps.database.transaction(act, async (tx): Promise<ProcessPolicy | Refusal> => {
      const uuid = fromId('organisation', organisationId)
      const organisation = uuid && (await deps.organisations.reach(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      const before = await policyOf(tx, organisation.id)
      await savePolicy(tx, organisation.id, ask)
      await deps.record(tx, {
        on: toId('organisation', organisation.id),
        organisationId: organisation.id,
        before,
        after: ask,
      })
      return { organisationId, ...ask }
    }),
})
