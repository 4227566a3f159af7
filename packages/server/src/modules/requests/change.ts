import { type ChangeQuote, describeFault, fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, callerName } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { ChangeAsk } from './changes/ask.ts'
import { startChange } from './changes/carry-out.ts'
import type { Change, Plan, Subjects } from './changes/change.ts'
import { changes } from './changes/registry.ts'
import { reachSubjects } from './changes/subjects.ts'
import { viewLoss } from './changes/view-loss.ts'
import { viewOne } from './draft.ts'
import { move, startTrack } from './move.ts'
import { priceOfHeld } from './price.ts'
import { type Extent, isForTheRule, sendOn } from './route.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

interface ShortAsk {
  readonly kind: 'change' | 'reclaim'
  readonly about: store.RequestRow
  readonly line: Omit<store.NewLine, keyof typeof blankLine | 'id' | 'requestId'> | null
  readonly remark: string
}

const blankLine = {
  position: 0,
  quantity: 1,
  imageName: null,
  dataVolumeGib: 0,
  publicAddress: false,
  preferredPlatformId: null,
  platformId: null,
  template: null,
} as const

/** A short request: drafted and sent in one act. */
const draft = async (deps: RequestDeps, tx: Tx, act: Act, ask: ShortAsk): Promise<store.RequestRow> => {
  const now = deps.clock.now()
  const row: store.RequestRow = {
    ...ask.about,
    id: deps.newId(),
    kind: ask.kind,
    aboutRequestId: ask.about.id,
    collectionId: null,
    state: 'draft',
    sentBy: act.caller.kind === 'person' ? act.caller.personId : null,
    monthlyPriceYuanE4: ask.line?.monthlyPriceYuanE4 ?? 0,
    approvedByRule: false,
    testEndsAt: null,
    expiresAt: null,
    graceEndsAt: null,
    purgeAt: null,
    fault: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  await store.insertRequest(tx, row)
  if (ask.line) await store.insertLine(tx, { ...blankLine, ...ask.line, id: deps.newId(), requestId: row.id })
  await startTrack(deps, tx, row, { by: callerName(act.caller), remark: ask.remark })
  return row
}

/** The line of a change; size and plan are said by columns of their own as well, which the release before reads. */
const lineOf = ({ resources: [resource] }: Subjects, { ask, priceAfter }: Plan<ChangeAsk>): ShortAsk['line'] => ({
  name: resource.name,
  planId: ask.kind === 'resize' ? ask.planId : null,
  resourceId: resource.id,
  resourceKind: resource.kind,
  sizeGib: ask.kind === 'extend' ? ask.sizeGib : null,
  changesFrom: resource.desired,
  change: ask,
  monthlyPriceYuanE4: priceAfter,
})

type Planned<A extends ChangeAsk> = { readonly on: Subjects; readonly plan: Plan<A> }

/** Locks what a change is about and judges the ask. */
const planned = async <A extends ChangeAsk, Body>(
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  change: Change<A, Body>,
  it: { readonly id: string; readonly body: Body },
): Promise<Planned<A> | Refusal> => {
  const on = await reachSubjects(deps, tx, act, change, it.id)
  if (isRefusal(on)) return on
  const plan = await change.plan(deps, tx, act, on, it.body)
  return isRefusal(plan) ? plan : { on, plan }
}

/** Drafts what was planned; from then on it keeps its subjects busy. */
const drafted = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  { on, plan }: Planned<ChangeAsk>,
  remark = '',
): Promise<store.RequestRow> => {
  const { about, resources } = on
  const row = await draft(deps, tx, act, { kind: 'change', about, line: lineOf(on, plan), remark })
  const ids = resources.map((it) => it.id)
  await deps.resources.setBusy(tx, ids, row.id)
  return row
}

/** More of the quota is judged by the commit that takes it; a route looks at how large the change makes something. */
const extentOf = ({ plan }: Planned<ChangeAsk>): Extent => ({
  offeringIds: plan.offeringId === undefined ? [] : [plan.offeringId],
  vcpus: plan.vcpus ?? 0,
  more: [],
  small: plan.byRule,
  ...(plan.receiver ? { receiver: plan.receiver } : {}),
})

/** Begins what was drafted as if it were approved, to see what would keep it from that. */
const tried = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<Refusal | null> => {
  const submitted = await move(deps, tx, row, { event: 'submit' })
  if (isRefusal(submitted)) return submitted
  const begun = await startChange(deps, tx, submitted, 1)
  return isRefusal(begun) ? begun : null
}

/** Drafts and sends in a commit of the caller's. */
const askWithin = async <A extends ChangeAsk, Body>(
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  change: Change<A, Body>,
  given: { readonly id: string; readonly body: Body; readonly remark: string },
): Promise<store.RequestRow | Refusal> => {
  const it = await planned(deps, tx, act, change, given)
  if (isRefusal(it)) return it
  const row = await drafted(deps, tx, act, it, given.remark)
  return sendOn(deps, tx, row, extentOf(it), { event: 'submit', remark: given.remark })
}

export interface PowerOrder {
  readonly kind: 'stop' | 'start'
  readonly serverId: string
  /** Why, for those who read its track and the audit. */
  readonly remark: string
}

/** By a part of the program, as a person would ask; answers the request's bare id. */
export const askPower =
  (deps: RequestDeps) =>
  async (tx: Tx, act: Act, { kind, serverId: id, remark }: PowerOrder): Promise<string | Refusal> => {
    const given = { id, body: {}, remark }
    const sent =
      kind === 'stop'
        ? await askWithin(deps, tx, act, changes.stop, given)
        : await askWithin(deps, tx, act, changes.start, given)
    return isRefusal(sent) ? sent : sent.id
  }

/** Asks for a change. What will be checked at its approval is checked now, by rehearsing that approval. */
const ask =
  <A extends ChangeAsk, Body>(deps: RequestDeps, change: Change<A, Body>) =>
  async (act: Act, id: string, body: Body, locale: Locale): Promise<ServiceRequest | Refusal> => {
    const refusal = await deps.database.rehearse(act, async (tx) => {
      const it = await planned(deps, tx, act, change, { id, body })
      if (isRefusal(it)) return it
      const row = await drafted(deps, tx, act, it)
      // What a rule approves is begun in the commit that sends it.
      return (await isForTheRule(deps, tx, row, extentOf(it))) ? null : tried(deps, tx, row)
    })
    if (refusal) return refusal
    return deps.database.transaction(act, async (tx) => {
      const sent = await askWithin(deps, tx, act, change, { id, body, remark: '' })
      return isRefusal(sent) ? sent : viewOne(deps, tx, sent, locale)
    })
  }

/** What a change would come to now, and what would keep it from being asked: the very commit, taken back. */
const quote =
  <A extends ChangeAsk, Body>(deps: RequestDeps, change: Change<A, Body>) =>
  (act: Act, id: string, body: Body, locale: Locale): Promise<ChangeQuote | Refusal> =>
    deps.database.rehearse(act, async (tx) => {
      const on = await reachSubjects(deps, tx, act, change, id)
      if (isRefusal(on)) return on
      const before = await priceOfHeld(deps, tx, on.resources)
      if (isRefusal(before)) return before
      const refusedBy = ({ refused }: Refusal) => [describeFault(refused, locale)]
      const same = { monthlyPriceYuanE4Before: before, monthlyPriceYuanE4: before, approvedByRule: false, losses: [] }
      const plan = await change.plan(deps, tx, act, on, body)
      if (isRefusal(plan)) return plan.refused.code === 'not-found' ? plan : { ...same, refusals: refusedBy(plan) }
      const row = await drafted(deps, tx, act, { on, plan })
      const approvedByRule = await isForTheRule(deps, tx, row, extentOf({ on, plan }))
      const refusal = await tried(deps, tx, row)
      return {
        monthlyPriceYuanE4Before: plan.priceBefore ?? before,
        monthlyPriceYuanE4: plan.priceAfter,
        approvedByRule,
        losses: (plan.losses ?? []).map(viewLoss),
        refusals: refusal ? refusedBy(refusal) : [],
      }
    })

/** Both doors of a change: the ask, and its quote. */
const doorsOf = <A extends ChangeAsk, Body>(deps: RequestDeps, change: Change<A, Body>) => ({
  ask: ask(deps, change),
  quote: quote(deps, change),
})

export const changeDoors = (deps: RequestDeps) => ({
  resize: doorsOf(deps, changes.resize),
  extend: doorsOf(deps, changes.extend),
  addVolume: doorsOf(deps, changes['add-volume']),
  removeVolume: doorsOf(deps, changes['remove-volume']),
  addAddress: doorsOf(deps, changes['add-address']),
  removeAddress: doorsOf(deps, changes['remove-address']),
  prolong: doorsOf(deps, changes.prolong),
  restore: doorsOf(deps, changes.restore),
  transfer: doorsOf(deps, changes.transfer),
  scale: doorsOf(deps, changes.scale),
  stop: doorsOf(deps, changes.stop),
  start: doorsOf(deps, changes.start),
  reboot: doorsOf(deps, changes.reboot),
  renameServer: doorsOf(deps, changes['rename-server']),
  renameVolume: doorsOf(deps, changes['rename-volume']),
  takeSnapshot: doorsOf(deps, changes['take-snapshot']),
  restoreSnapshot: doorsOf(deps, changes['restore-snapshot']),
  removeSnapshot: doorsOf(deps, changes['remove-snapshot']),
})

const nothingMore: Extent = { offeringIds: [], vcpus: 0, more: [], small: false }

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
      const row = await draft(deps, tx, act, { kind: 'reclaim', about, line: null, remark })
      const sent = await sendOn(deps, tx, row, nothingMore, { event: 'submit', remark })
      return isRefusal(sent) ? sent : viewOne(deps, tx, sent, locale)
    })
