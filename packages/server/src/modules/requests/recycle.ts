import { type ActName, type ChangeQuote, fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, everything, programAct } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { beginReclaim } from './carry-out.ts'
import { viewLoss } from './changes/view-loss.ts'
import { discardChange, isForOthers } from './decide.ts'
import { viewOne } from './draft.ts'
import { advance } from './model.ts'
import { toldOf } from './move.ts'
import { policyOf } from './policy.ts'
import { beginRecycle } from './recycling.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'
import { systemNameOf } from './system-name.ts'

const dayMs = 86_400_000

/** Moves what is past its end, each request in a commit of its own; one that is being changed right now waits. */
const eachOf = async (
  deps: RequestDeps,
  found: readonly { id: string }[],
  as: ActName,
  then: (tx: Tx, row: store.RequestRow) => Promise<unknown>,
): Promise<void> => {
  for (const { id } of found)
    await deps.database.transaction(programAct('expiry-reconciler', as, id), async (tx) => {
      const row = await store.lockRequest(tx, everything, id)
      if (!row) return null
      const moved = await then(tx, row)
      return isRefusal(moved) ? moved : null // somebody moved it between the look and the lock
    })
}

/** A change that nobody has decided on by then is void: it must not keep what it is about for ever. */
const voidUndecided = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<void> => {
  for (const change of await store.undecidedChanges(tx, row.id)) await discardChange(deps, tx, change, 'expired')
}

/** Its end has passed: it runs on, charged as before, until its grace is over too. */
const grantGrace = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<store.RequestRow> => {
  const { graceDays } = await policyOf(tx, row.operatorOrganisationId)
  const graceEndsAt = new Date(present(row.expiresAt, 'its end').getTime() + graceDays * dayMs)
  const graced = { ...row, graceEndsAt, revision: row.revision + 1, updatedAt: deps.clock.now() }
  await store.updateRequest(tx, graced)
  await deps.record(tx, {
    as: 'request.grace',
    on: toId('request', row.id),
    organisationId: row.organisationId,
    after: { graceEndsAt, ...toldOf(row) },
  })
  return graced
}

/** One round of the reconciler: tests that are over go back, formal resources go into the bin, the bin is emptied. */
export const expire = (deps: RequestDeps) => async (): Promise<void> => {
  const now = deps.clock.now()
  const { plain } = deps.database
  await eachOf(deps, await store.testsPastEnd(plain, now, 100), 'request.test-expired', async (tx, row) => {
    await voidUndecided(deps, tx, row)
    if (await deps.resources.busyWith(tx, row.id)) return null
    return beginReclaim(deps, tx, row, { event: 'test-expired' })
  })
  await eachOf(deps, await store.formalPastEnd(plain, now, 100), 'request.expired', async (tx, row) => {
    if (row.state !== 'formal' || row.expiresAt === null || row.expiresAt > now) return null
    const graced = row.graceEndsAt ? row : await grantGrace(deps, tx, row)
    if (graced.graceEndsAt === null || graced.graceEndsAt > now) return null
    await voidUndecided(deps, tx, graced)
    if (await deps.resources.busyWith(tx, row.id)) return null
    return beginRecycle(deps, tx, graced, { event: 'expired' })
  })
  await eachOf(deps, await store.recycledPastTime(plain, now, 100), 'request.purge', async (tx, row) => {
    if (row.purgeAt === null || row.purgeAt > now || !advance(row.state, 'purge')) return null
    await voidUndecided(deps, tx, row)
    if (await deps.resources.busyWith(tx, row.id)) return null
    return beginReclaim(deps, tx, row, { event: 'purge', with: { fault: null, purgeAt: null } })
  })
}

/** By the operator, before its time: whoever does it types the name of the system whose things are lost. */
export const purge =
  (deps: RequestDeps) =>
  (
    act: Act,
    id: string,
    ask: { readonly confirmation: string; readonly remark?: string },
    locale: Locale,
  ): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('request', id)
      const row = uuid && (await store.lockRequest(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const others = await isForOthers(deps, tx, row, act)
      if (others) return others
      if (!advance(row.state, 'purge')) return refuse('step-not-allowed', { event: 'purge', state: row.state })
      const name = await systemNameOf(deps, tx, row.systemId)
      if (ask.confirmation !== name) return refuse('confirmation-wrong', { name })
      await voidUndecided(deps, tx, row)
      const it = { event: 'purge', remark: ask.remark ?? '', with: { fault: null, purgeAt: null } } as const
      const moved = await beginReclaim(deps, tx, row, it)
      return isRefusal(moved) ? moved : viewOne(deps, tx, moved, locale)
    })

/** What a purge would take for good. */
export const quotePurge =
  (deps: RequestDeps) =>
  (act: Act, id: string): Promise<ChangeQuote | Refusal> =>
    deps.database.rehearse(act, async (tx) => {
      const uuid = fromId('request', id)
      const row = uuid && (await store.findRequest(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const live = (await deps.resources.lockAllOf(tx, row.id)).filter((it) => it.state === 'recycled')
      return {
        monthlyPriceYuanE4Before: 0, // what lies in the bin is not charged
        monthlyPriceYuanE4: 0,
        approvedByRule: true,
        losses: live.map(viewLoss),
        refusals: [],
      }
    })
