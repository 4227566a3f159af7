import { type ChangeQuote, describeFault, fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, callerName } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { ChangeAsk } from './changes/ask.ts'
import { startChange } from './changes/carry-out.ts'
import type { Change, Plan, Subjects } from './changes/change.ts'
import { changes } from './changes/registry.ts'
import { reachSubjects } from './changes/subjects.ts'
import { carryOut } from './decide.ts'
import { viewOne } from './draft.ts'
import { move, startTrack } from './move.ts'
import { priceOfHeld } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

interface ShortAsk {
  readonly kind: 'change' | 'reclaim'
  readonly about: store.RequestRow
  readonly line: Omit<store.LineRow, keyof typeof blankLine | 'id' | 'requestId'> | null
  readonly byRule: boolean
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
} as const

/** A short request, drafted and sent in one act. */
const send = async (deps: RequestDeps, tx: Tx, act: Act, ask: ShortAsk): Promise<store.RequestRow | Refusal> => {
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
  if (ask.line) await store.insertLine(tx, { ...blankLine, ...ask.line, id: deps.newId(), requestId: row.id })
  await startTrack(deps, tx, row, { by: callerName(act.caller), remark: ask.remark })
  return move(deps, tx, row, { event: 'submit', remark: ask.remark })
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

/** Sends what was planned; from then on it keeps its subjects busy. */
const sent = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  { on, plan }: Planned<ChangeAsk>,
): Promise<store.RequestRow | Refusal> => {
  const { about, resources } = on
  const short = { kind: 'change' as const, about, line: lineOf(on, plan), byRule: plan.byRule, remark: '' }
  const row = await send(deps, tx, act, short)
  if (isRefusal(row)) return row
  const ids = resources.map((it) => it.id)
  await deps.resources.setBusy(tx, ids, row.id)
  return row
}

/** Begins what was sent, to see what would keep it from being approved. */
const tried = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<Refusal | null> => {
  const begun = await startChange(deps, tx, row, 1)
  return isRefusal(begun) ? begun : null
}

/** Asks for a change. What will be checked at its approval is checked now, by rehearsing that approval. */
const ask =
  <A extends ChangeAsk, Body>(deps: RequestDeps, change: Change<A, Body>) =>
  async (act: Act, id: string, body: Body, locale: Locale): Promise<ServiceRequest | Refusal> => {
    const refusal = await deps.database.rehearse(act, async (tx) => {
      const it = await planned(deps, tx, act, change, { id, body })
      if (isRefusal(it)) return it
      if (it.plan.byRule) return null // approved in the commit that sends it
      const row = await sent(deps, tx, act, it)
      return isRefusal(row) ? row : tried(deps, tx, row)
    })
    if (refusal) return refusal
    return deps.database.transaction(act, async (tx) => {
      const it = await planned(deps, tx, act, change, { id, body })
      if (isRefusal(it)) return it
      const row = await sent(deps, tx, act, it)
      if (isRefusal(row)) return row
      const moved = it.plan.byRule ? await carryOut(deps, tx, row, { event: 'approve', by: 'rule' }) : row
      return isRefusal(moved) ? moved : viewOne(tx, moved, locale)
    })
  }

const viewLoss = ({ id, kind, name, desired }: Subjects['resources'][number]): ChangeQuote['losses'][number] => ({
  resourceId: toId(kind, id),
  kind,
  name,
  sizeGib: desired.sizeGib ?? desired.diskGib ?? null,
})

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
      const row = await sent(deps, tx, act, { on, plan })
      const refusal = isRefusal(row) ? row : await tried(deps, tx, row)
      return {
        monthlyPriceYuanE4Before: before,
        monthlyPriceYuanE4: plan.priceAfter,
        approvedByRule: plan.byRule,
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
