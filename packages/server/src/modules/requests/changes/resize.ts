import { type BodyOf, fromId, type serverResize } from '@yiduo/contract'
import { present } from '../../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { ResourceRow } from '../../resources/index.ts'
import { priceOfServer } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import type { AskOf } from './ask.ts'
import { type Change, inUse } from './change.ts'
import { startSizing } from './sizing.ts'

const sameSize = (resource: ResourceRow, plan: { vcpus: number; memoryMib: number; systemDiskGib: number }): boolean =>
  resource.desired.vcpus === plan.vcpus &&
  resource.desired.memoryMib === plan.memoryMib &&
  resource.desired.diskGib === plan.systemDiskGib

const planOf = async (deps: RequestDeps, tx: Tx, planId: string | null) =>
  planId === null ? null : deps.catalogue.plan(tx, planId)

type Found = NonNullable<Awaited<ReturnType<typeof planOf>>>

/** The plan that is asked for, if the server can take it. */
const fitting = async (deps: RequestDeps, tx: Tx, server: ResourceRow, id: string): Promise<Found | Refusal> => {
  const found = await planOf(deps, tx, fromId('plan', id))
  if (!found) return refuse('not-found')
  const current = await planOf(deps, tx, server.planId)
  // Another offering is metered by other components, on other chips: that is a new server, not a size.
  if (current?.offering.id !== found.offering.id) return refuse('plan-of-another-offering')
  if (!found.offering.released) return refuse('offering-not-released', { offering: found.offering.name })
  return sameSize(server, found.plan) ? refuse('nothing-to-change') : found
}

export const resize: Change<AskOf<'resize'>, BodyOf<typeof serverResize>> = {
  kind: 'resize',
  about: 'server',
  states: inUse,

  async plan(deps, tx, _act, { resources: [server] }, body) {
    const found = await fitting(deps, tx, server, body.planId)
    if (isRefusal(found)) return found
    const priceAfter = await priceOfServer(deps, tx, found)
    if (isRefusal(priceAfter)) return priceAfter
    const isSmall = found.plan.vcpus <= found.offering.approvedByRuleUpToVcpus
    const byRule = isSmall && (await deps.quota.isBounded(tx, server.organisationId))
    const { plan, offering } = found
    const size = { offeringId: offering.id, vcpus: plan.vcpus }
    return { ask: { kind: 'resize', planId: plan.id }, priceAfter, byRule, ...size }
  },

  async start(deps, tx, it) {
    const { plan, offering } = present(await planOf(deps, tx, it.ask.planId), 'plan')
    // Its offering may have been withdrawn since it was asked for.
    if (!offering.released) return refuse('offering-not-released', { offering: offering.name })
    const priceAfter = await priceOfServer(deps, tx, { plan, offering })
    if (isRefusal(priceAfter)) return priceAfter
    const to = { vcpus: plan.vcpus, memoryMib: plan.memoryMib, diskGib: plan.systemDiskGib }
    return startSizing(deps, tx, it, { to, planId: plan.id, priceAfter })
  },
}
