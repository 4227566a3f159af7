import { fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, callerName } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { ResourceRow } from '../resources/index.ts'
import { carryOut } from './decide.ts'
import { viewOne } from './draft.ts'
import { move, startTrack } from './move.ts'
import { priceOfServer, priceOfVolume } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

interface ChangeAsk {
  readonly kind: 'change' | 'reclaim'
  readonly about: store.RequestRow
  readonly line: Pick<
    store.LineRow,
    'name' | 'planId' | 'resourceId' | 'resourceKind' | 'sizeGib' | 'changesFrom' | 'monthlyPriceYuanE4'
  > | null
  readonly byRule: boolean
  readonly remark: string
}

/** A short request: drafted and sent in one act, and approved in it too where the rule allows. */
const send = async (deps: RequestDeps, tx: Tx, act: Act, ask: ChangeAsk): Promise<store.RequestRow | Refusal> => {
  const now = deps.clock.now()
  const row: store.RequestRow = {
    ...ask.about,
    id: deps.newId(),
    kind: ask.kind,
    aboutRequestId: ask.about.id,
    state: 'draft',
    sentBy: act.caller.kind === 'person' ? act.caller.personId : null,
    monthlyPriceYuanE4: ask.line?.monthlyPriceYuanE4 ?? 0,
    approvedByRule: ask.byRule,
    testEndsAt: null,
    expiresAt: null,
    fault: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  await store.insertRequest(tx, row)
  if (ask.line)
    await store.insertLine(tx, {
      ...ask.line,
      id: deps.newId(),
      requestId: row.id,
      position: 0,
      quantity: 1,
      imageName: null,
      dataVolumeGib: 0,
      publicAddress: false,
      preferredPlatformId: null,
      platformId: null,
    })
  await startTrack(deps, tx, row, { by: callerName(act.caller), remark: ask.remark })
  const sent = await move(deps, tx, row, { event: 'submit', remark: ask.remark })
  if (isRefusal(sent) || !ask.byRule) return sent
  return carryOut(deps, tx, sent, { event: 'approve', by: 'rule' })
}

const aboutOf = async (tx: Tx, act: Act, resource: ResourceRow): Promise<store.RequestRow | null> =>
  resource.requestId === null ? null : store.findRequest(tx, act.scope, resource.requestId)

const offeringOf = async (deps: RequestDeps, tx: Tx, planId: string | null) =>
  planId === null ? null : deps.catalogue.plan(tx, planId)

const change = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  resource: ResourceRow,
  it: Omit<ChangeAsk, 'kind' | 'about' | 'remark'>,
  locale: Locale,
): Promise<ServiceRequest | Refusal> => {
  const about = await aboutOf(tx, act, resource)
  if (!about) return refuse('not-found')
  const row = await send(deps, tx, act, { ...it, kind: 'change', about, remark: '' })
  if (isRefusal(row)) return row
  await deps.resources.setBusy(tx, [resource.id], row.id)
  return viewOne(tx, row, locale)
}

const sameSize = (resource: ResourceRow, plan: { vcpus: number; memoryMib: number; systemDiskGib: number }): boolean =>
  resource.desired.vcpus === plan.vcpus &&
  resource.desired.memoryMib === plan.memoryMib &&
  resource.desired.diskGib === plan.systemDiskGib

export const resizeServer =
  (deps: RequestDeps) =>
  (act: Act, serverId: string, ask: { planId: string }, locale: Locale): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const resource = await deps.resources.lockChangeable(tx, act, serverId, 'server')
      if (isRefusal(resource)) return resource
      const found = await offeringOf(deps, tx, fromId('plan', ask.planId))
      if (!found) return refuse('not-found')
      const current = await offeringOf(deps, tx, resource.planId)
      // Another offering is metered by other components, on other chips: that is a new server, not a size.
      if (current?.offering.id !== found.offering.id) return refuse('plan-of-another-offering')
      if (!found.offering.released) return refuse('offering-not-released', { offering: found.offering.name })
      if (sameSize(resource, found.plan)) return refuse('nothing-to-change')
      const price = await priceOfServer(deps, tx, found)
      if (isRefusal(price)) return price
      const line = {
        name: resource.name,
        planId: found.plan.id,
        resourceId: resource.id,
        resourceKind: 'server' as const,
        sizeGib: null,
        changesFrom: resource.desired,
        monthlyPriceYuanE4: price,
      }
      const isSmall = found.plan.vcpus <= found.offering.approvedByRuleUpToVcpus
      const byRule = isSmall && (await deps.quota.isBounded(tx, resource.organisationId))
      return change(deps, tx, act, resource, { line, byRule }, locale)
    })

/** An extension within quota is standard: the rule approves it. */
export const extendVolume =
  (deps: RequestDeps) =>
  (act: Act, volumeId: string, ask: { sizeGib: number }, locale: Locale): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const resource = await deps.resources.lockChangeable(tx, act, volumeId, 'volume')
      if (isRefusal(resource)) return resource
      const sizeGib = resource.desired.sizeGib ?? 0
      if (ask.sizeGib === sizeGib) return refuse('nothing-to-change')
      if (ask.sizeGib < sizeGib) return refuse('volume-not-shrinkable', { sizeGib, askedGib: ask.sizeGib })
      const price = await priceOfVolume(deps, tx, resource, ask.sizeGib)
      if (isRefusal(price)) return price
      const line = {
        name: resource.name,
        planId: null,
        resourceId: resource.id,
        resourceKind: 'volume' as const,
        sizeGib: ask.sizeGib,
        changesFrom: resource.desired,
        monthlyPriceYuanE4: price,
      }
      const byRule = await deps.quota.isBounded(tx, resource.organisationId)
      return change(deps, tx, act, resource, { line, byRule }, locale)
    })

/** Asks to give back what a request delivered; an operator approves. */
export const reclaim =
  (deps: RequestDeps) =>
  (act: Act, id: string, remark: string, locale: Locale): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('request', id)
      const about = uuid && (await store.lockRequest(tx, act.scope, uuid))
      if (!about) return refuse('not-found')
      if (about.kind !== 'open' || !['testing', 'formal', 'delivery-failed'].includes(about.state))
        return refuse('step-not-allowed', { event: 'reclaim', state: about.state })
      const busy = await deps.resources.busyWith(tx, about.id)
      const other = await store.openAbout(tx, about.id)
      if (busy || other) return refuse('resource-busy', { by: toId('request', other?.id ?? busy ?? '') })
      const row = await send(deps, tx, act, { kind: 'reclaim', about, line: null, byRule: false, remark })
      return isRefusal(row) ? row : viewOne(tx, row, locale)
    })
