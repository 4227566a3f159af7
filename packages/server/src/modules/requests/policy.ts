import { type BodyOf, fromId, type ProcessPolicy, type processPolicySet, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { findPolicy, type PolicyRow, savePolicy } from './policy-store.ts'
import type { RequestDeps } from './service.ts'

/** What holds where an operator has said nothing. */
export const defaultPolicy: PolicyRow = { graceDays: 3, recycleDays: 7, noticeDays: [30, 7, 1] }

export const policyOf = async (tx: Tx, operatorOrganisationId: string): Promise<PolicyRow> =>
  (await findPolicy(tx, operatorOrganisationId)) ?? defaultPolicy

const view = (organisationId: string, { noticeDays, ...it }: PolicyRow): ProcessPolicy => ({
  organisationId,
  ...it,
  noticeDays: [...noticeDays],
})

export const policies = (deps: RequestDeps) => ({
  async policy(act: Act, organisationId: string): Promise<ProcessPolicy | Refusal> {
    const uuid = fromId('organisation', organisationId)
    const organisation = uuid && (await deps.organisations.reach(deps.database.plain, act, uuid))
    if (!organisation) return refuse('not-found')
    return view(organisationId, await policyOf(deps.database.plain, organisation.id))
  },

  setPolicy: (act: Act, organisationId: string, ask: BodyOf<typeof processPolicySet>) =>
    deps.database.transaction(act, async (tx): Promise<ProcessPolicy | Refusal> => {
      const uuid = fromId('organisation', organisationId)
      const organisation = uuid && (await deps.organisations.reach(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      const before = await policyOf(tx, organisation.id)
      const noticeDays = [...new Set(ask.noticeDays ?? before.noticeDays)].sort((a, b) => b - a)
      const after = { ...ask, noticeDays }
      await savePolicy(tx, organisation.id, after)
      await deps.record(tx, {
        on: toId('organisation', organisation.id),
        organisationId: organisation.id,
        before,
        after,
      })
      return view(organisationId, after)
    }),
})
