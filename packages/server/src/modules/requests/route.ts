import { type RouteStage, toId } from '@yiduo/contract'
import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { byOperator, byOperatorOf, type RouteFacts } from '../approvals/index.ts'
import { carryOut } from './carry-out.ts'
import { askOfLine, type Receiver } from './changes/ask.ts'
import { type Move, move } from './move.ts'
import { holdingsOf, type PricedLine } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

/** What sizes a request: how much more it will hold, and whether every offering it touches calls that small. */
export interface Extent {
  readonly offeringIds: readonly string[]
  readonly vcpus: number
  readonly more: Parameters<RequestDeps['quota']['leftPercent']>[2]
  readonly small: boolean
  /** A person decides, whatever a route says: it was sent back once. */
  readonly byPerson?: true
  /** Whose it will be, where it changes hands: their system and their quota count. */
  readonly receiver?: Receiver
}

/** Of a request that opens: together small enough for each offering it touches. */
export const extentOf = (lines: readonly PricedLine[]): Extent => {
  const vcpus = lines.reduce((total, line) => total + line.plan.vcpus * line.quantity, 0)
  return {
    offeringIds: [...new Set(lines.map((line) => line.offering.id))],
    vcpus,
    more: lines.flatMap(holdingsOf),
    small: lines.every((line) => vcpus <= line.offering.approvedByRuleUpToVcpus),
  }
}

/** Of a change that comes back corrected: whose it will be is what its line asks for, and a person looks at it. */
export const extentOfChange = async (tx: Tx, row: store.RequestRow): Promise<Extent> => {
  const [line] = await store.linesOf(tx, [row.id])
  const ask = line ? askOfLine(line) : null
  const more = { offeringIds: [], vcpus: 0, more: [], small: false, byPerson: true } as const
  return ask?.kind === 'transfer' ? { ...more, receiver: ask } : more
}

export const factsOf = async (
  deps: RequestDeps,
  tx: Tx,
  row: Pick<store.RequestRow, 'kind' | 'organisationId' | 'systemId' | 'monthlyPriceYuanE4'>,
  extent: Extent,
): Promise<RouteFacts> => {
  const act = { ...present(tx.act, 'act'), scope: everything }
  const { systemId, organisationId } = extent.receiver ?? row
  const system = present(await deps.systems.reach(tx, act, systemId), 'system')
  return {
    subject: row.kind,
    offeringIds: extent.offeringIds.map((id) => toId('offering', id)),
    zones: [system.zone],
    securityGrade: system.securityGrade,
    vcpus: extent.vcpus,
    monthlyPriceYuanE4: row.monthlyPriceYuanE4,
    quotaLeftPercent: await deps.quota.leftPercent(tx, organisationId, extent.more),
    small: extent.small,
  }
}

/** Whether a rule would approve it if it were sent now. */
export const isForTheRule = async (
  deps: RequestDeps,
  tx: Tx,
  row: Parameters<typeof factsOf>[2] & Pick<store.RequestRow, 'operatorOrganisationId'>,
  extent: Extent,
): Promise<boolean> =>
  (await stagesOf(deps, tx, row, extent)).length === 0 && (await whoAccepts(deps, tx, row, extent)) === null

/** Nobody is given anything unasked; null where whoever asks may speak for them. */
const whoAccepts = async (
  deps: RequestDeps,
  tx: Tx,
  row: Pick<store.RequestRow, 'organisationId'>,
  { receiver }: Extent,
): Promise<string | null> => {
  if (!receiver || receiver.organisationId === row.organisationId) return null
  const spokenFor = await deps.organisations.reach(tx, present(tx.act, 'act'), receiver.organisationId)
  return spokenFor ? null : receiver.organisationId
}

/** Its route, and the operator of whoever receives it where that is another one. */
const stagesOf = async (
  deps: RequestDeps,
  tx: Tx,
  row: Parameters<typeof factsOf>[2] & Pick<store.RequestRow, 'operatorOrganisationId'>,
  extent: Extent,
): Promise<readonly RouteStage[]> => {
  const routed = await deps.approvals.route(tx, row.operatorOrganisationId, await factsOf(deps, tx, row, extent))
  const own = routed.length === 0 && extent.byPerson ? byOperator : routed
  const operator = extent.receiver && (await deps.organisations.operatorOf(tx, extent.receiver.organisationId))
  return !operator || operator === row.operatorOrganisationId ? own : [...own, byOperatorOf(operator)]
}

export const subjectOf = (row: store.RequestRow, sentBy = row.sentBy) => ({
  subjectId: row.id,
  subjectKind: 'request' as const,
  organisationId: row.organisationId,
  operatorOrganisationId: row.operatorOrganisationId,
  sentBy,
})

/** Sends a request on its route; where a rule approves, sending and approving are one commit. */
export const sendOn = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  extent: Extent,
  it: Move,
): Promise<store.RequestRow | Refusal> => {
  const stages = await stagesOf(deps, tx, row, extent)
  const subject = subjectOf(row, it.with?.sentBy ?? row.sentBy)
  const receiver = await whoAccepts(deps, tx, row, extent)
  const standing =
    receiver === null
      ? await deps.approvals.begin(tx, subject, stages)
      : await deps.approvals.beginAtReceiver(tx, subject, stages, receiver)
  if (isRefusal(standing)) return standing
  const approvedByRule = standing.state === 'agreed'
  const dueAt = standing.state === 'open' ? { dueAt: standing.dueAt } : {}
  const told =
    receiver === null ? {} : { told: { receiverOrganisationId: toId('organisation', receiver), toAccept: true } }
  const sent = await move(deps, tx, row, { ...it, ...dueAt, ...told, with: { ...it.with, approvedByRule } })
  if (isRefusal(sent) || !approvedByRule) return sent
  return carryOut(deps, tx, sent, { event: 'approve', by: 'rule', remark: '' })
}
