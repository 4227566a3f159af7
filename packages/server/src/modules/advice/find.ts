import { measures, toId } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import { priceAt } from '../catalogue/index.ts'
import type { ResourceForAdvice } from '../resources/index.ts'
import { type AdviceKind, adviceMachine, adviceOn, savedFrom } from './model.ts'
import type { AdviceDeps } from './service.ts'
import * as store from './store.ts'
import { toldOf } from './view.ts'

/** No UUIDv7 is smaller. */
const beforeAll = '00000000-0000-0000-0000-000000000000'

interface Finding {
  readonly kind: AdviceKind
  readonly resource: ResourceForAdvice
}

/** What is plainly not in use among these, and was not put aside before. */
const findAmong = async (
  { clock, testEnds }: AdviceDeps,
  tx: Tx,
  resources: readonly ResourceForAdvice[],
): Promise<Finding[]> => {
  const requestIds = new Set(resources.flatMap((it) => it.requestId ?? []))
  const ends = await testEnds(tx, [...requestIds])
  const found = resources.flatMap((resource): Finding[] => {
    const kind = adviceOn({ ...resource, testEndsAt: ends.get(resource.requestId ?? '') ?? null }, clock.now())
    return kind ? [{ kind, resource }] : []
  })
  const putAside = await store.putAsideOf(
    tx,
    found.map((it) => it.resource.id),
  )
  return found.filter((it) => !putAside.some((row) => row.kind === it.kind && row.resourceId === it.resource.id))
}

/** What a month of each resource really costs now: what is counted of it, at the prices of its phase. */
const costsOf = async ({ catalogue, clock, heldNow }: AdviceDeps, tx: Tx, resourceIds: readonly string[]) => {
  const held = await heldNow(tx, resourceIds)
  const prices = await catalogue.pricesOf(tx, [...new Set(held.map((it) => it.componentId))])
  const costs = new Map<string, number>()
  for (const { resourceId, componentId, phase, quantity } of held) {
    const cost = quantity * (priceAt(prices, componentId, phase, clock.now()) ?? 0)
    costs.set(resourceId, (costs.get(resourceId) ?? 0) + cost)
  }
  return (resourceId: string): number => costs.get(resourceId) ?? 0
}

/** With what a month of each costs at today's prices: what giving it back would save. */
const adviseOn = async (deps: AdviceDeps, tx: Tx, found: readonly Finding[]): Promise<void> => {
  const componentIds = new Set(found.flatMap((it) => Object.values(it.resource.metering)))
  const prices = await deps.catalogue.pricesOf(tx, [...componentIds])
  const costOf = await costsOf(
    deps,
    tx,
    found.map((it) => it.resource.id),
  )
  const now = deps.clock.now()
  const added = new Map<string, number>()
  for (const { kind, resource } of found) {
    const written = await store.insertAdvice(tx, {
      id: deps.newId(),
      kind,
      resourceId: resource.id,
      resourceKind: resource.kind,
      organisationId: resource.organisationId,
      systemId: resource.systemId,
      requestId: resource.requestId,
      costYuanE4: costOf(resource.id),
      parameters: { since: now.toISOString() },
      monthlySavingYuanE4: measures.reduce((sum, measure) => {
        const price = priceAt(prices, resource.metering[measure], 'formal', now) ?? 0
        return sum + (resource.amounts[measure] ?? 0) * price
      }, 0),
      foundAt: now,
    })
    added.set(resource.organisationId, (added.get(resource.organisationId) ?? 0) + written)
  }
  // One event for all that is new of an organisation: its people are told once, not of every volume.
  for (const [organisationId, count] of added) {
    const on = toId('organisation', organisationId)
    if (count > 0) await deps.record(tx, { as: 'advice.found', on, organisationId, after: { count } })
  }
}

/** What is not so any more: seen to by a request, or settled in whatever other way; and what it costs less since. */
const endVanished = async (deps: AdviceDeps, tx: Tx, vanished: readonly store.AdviceRow[]): Promise<void> => {
  if (vanished.length === 0) return
  const resolved = await deps.resolvedBy(tx, vanished)
  const costOf = await costsOf(
    deps,
    tx,
    vanished.map((it) => it.resourceId),
  )
  const now = deps.clock.now()
  for (const row of vanished) {
    const doneByRequestId = resolved.get(row.id) ?? null
    const event = doneByRequestId === null ? 'settle' : 'resolve'
    const saved = Math.max(0, (row.costYuanE4 ?? row.monthlySavingYuanE4) - costOf(row.resourceId))
    const ended: store.AdviceRow = {
      ...row,
      state: adviceMachine[row.state === 'assigned' ? 'assigned' : 'open'][event],
      endedAt: now,
      doneByRequestId,
      savedYuanE4: saved,
      savedFrom: savedFrom(now),
    }
    await store.updateAdvice(tx, ended)
    const on = toId('advice', row.id)
    const { organisationId } = row
    const before = { state: row.state }
    await deps.record(tx, { as: `advice.${event}`, on, organisationId, before, after: toldOf(ended) })
  }
}

/** Resources are looked at in the order of their ids, so many in one transaction: a province has a million. */
export const find = (deps: AdviceDeps) => async (): Promise<void> => {
  const { atOnce = 1_000 } = deps
  const act = programAct('advice-reconciler', 'advice.find', deps.newId())
  for (let after: string | null = beforeAll; after !== null; ) {
    const from: string = after
    after = await deps.database.transaction(act, async (tx) => {
      const resources = await deps.resources(tx, from, atOnce)
      const last = resources.length < atOnce ? null : present(resources.at(-1), 'last').id
      const found = await findAmong(deps, tx, resources)
      if (found.length > 0) await adviseOn(deps, tx, found)
      const standing = found.map(({ kind, resource }) => ({ kind, resourceId: resource.id }))
      await endVanished(deps, tx, await store.lockVanished(tx, { after: from, last }, standing))
      return last
    })
  }
}
