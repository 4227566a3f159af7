import { type Collection, toId } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { RouteFacts } from '../approvals/index.ts'
import { carryOut } from './carry-out.ts'
import { lockReached } from './decide.ts'
import { maxServers } from './model.ts'
import { move } from './move.ts'
import { pricedAnew, sumOfPrices } from './reprice.ts'
import { extentOf, factsOf, subjectOf } from './route.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

/** As one thing: the sum of what is asked, the highest grade, and the scarcest quota among its members. */
const factsTogether = (all: readonly RouteFacts[]): RouteFacts => {
  const lefts = all.map((it) => it.quotaLeftPercent)
  return {
    subject: 'collection',
    offeringIds: [...new Set(all.flatMap((it) => it.offeringIds))],
    zones: [...new Set(all.flatMap((it) => it.zones))],
    securityGrade: Math.max(...all.map((it) => it.securityGrade)),
    vcpus: all.reduce((total, it) => total + it.vcpus, 0),
    monthlyPriceYuanE4: sumOfPrices(all),
    quotaLeftPercent: lefts.reduce((least, it) => (least === null || it === null ? null : Math.min(least, it))),
    small: all.every((it) => it.small),
  }
}

/** Left out lines are refused; a request of which nothing is left is rejected, the others are carried out. */
const approve =
  (deps: RequestDeps) =>
  async (
    tx: Tx,
    row: store.RequestRow,
    it: { except: ReadonlySet<string>; remark: string },
  ): Promise<store.RequestRow | Refusal> => {
    const lines = await store.linesOf(tx, [row.id])
    const left = lines.filter((line) => !it.except.has(line.id))
    if (left.length === 0) return move(deps, tx, row, { event: 'reject', remark: it.remark })
    const out = lines.filter((line) => it.except.has(line.id))
    if (out.length > 0)
      await store.setOutcome(
        tx,
        out.map((line) => line.id),
        'refused',
      )
    return carryOut(deps, tx, row, { event: 'approve', remark: it.remark, with: { approvedByRule: false } })
  }

/** Back to the bureau, which has its time for it anew. */
const release =
  (deps: RequestDeps) =>
  async (tx: Tx, row: store.RequestRow): Promise<store.RequestRow | Refusal> => {
    const bureau = present(row.bureauOrganisationId, 'bureau')
    const standing = await deps.approvals.beginAtBureau(tx, subjectOf(row), bureau)
    if (isRefusal(standing)) return standing
    const dueAt = standing.state === 'open' ? { dueAt: standing.dueAt } : {}
    return move(deps, tx, row, { event: 'release', with: { collectionId: null }, ...dueAt })
  }

const facts =
  (deps: RequestDeps) =>
  async (tx: Tx, collectionId: string): Promise<RouteFacts | Refusal> => {
    const all: RouteFacts[] = []
    for (const row of await store.lockMembers(tx, collectionId)) {
      const priced = await pricedAnew(deps, tx, row)
      if (isRefusal(priced)) return priced
      all.push(await factsOf(deps, tx, priced.row, extentOf(priced.lines)))
    }
    return factsTogether(all)
  }

/** What a collection does with the requests in it. */
export const members = (deps: RequestDeps) => ({
  approve: approve(deps),
  release: release(deps),
  facts: facts(deps),

  lock: (tx: Tx, act: Act, id: string) => lockReached(deps, tx, act, id),
  lockAll: (tx: Tx, collectionId: string) => store.lockMembers(tx, collectionId),
  consolidate: (tx: Tx, row: store.RequestRow, collectionId: string) =>
    move(deps, tx, row, { event: 'consolidate', with: { collectionId } }),
  reject: (tx: Tx, row: store.RequestRow, remark: string) => move(deps, tx, row, { event: 'reject', remark }),

  /** The limit of one request holds for all in one collection together: they are approved in one commit. */
  async tooLarge(tx: Tx, collectionId: string): Promise<Refusal | null> {
    const rows = await store.membersOf(tx, [collectionId])
    const lines = await store.linesOf(
      tx,
      rows.map((row) => row.id),
    )
    const asked = lines.reduce((total, line) => total + line.quantity, 0)
    return asked > maxServers ? refuse('request-too-large', { asked, limit: maxServers }) : null
  },

  organisationName: async (tx: Tx, row: store.RequestRow): Promise<string> => {
    const act = { ...present(tx.act, 'act'), scope: everything }
    return (await deps.organisations.reach(tx, act, row.organisationId))?.name ?? ''
  },

  /** Those in each of some collections, as its view shows them. */
  async of(tx: Tx, collectionIds: readonly string[]): Promise<ReadonlyMap<string, Collection['members']>> {
    const rows = await store.membersOf(tx, collectionIds)
    const names = await deps.organisations.names(
      tx,
      rows.map((row) => row.organisationId),
    )
    const views = rows.map((row) => ({
      collectionId: present(row.collectionId, 'collection'),
      requestId: toId('request', row.id),
      organisationId: toId('organisation', row.organisationId),
      organisationName: names.get(row.organisationId) ?? '',
      state: row.state,
      monthlyPriceYuanE4: row.monthlyPriceYuanE4,
    }))
    const grouped = Map.groupBy(views, (it) => it.collectionId)
    return new Map([...grouped].map(([id, held]) => [id, held.map(({ collectionId: _, ...view }) => view)] as const))
  },
})
