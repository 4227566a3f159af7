import { type InboxItem, type Measure, measures, toId } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { type Amounts, amountsOfServer } from '../catalogue/index.ts'
import { askOfLine } from './changes/ask.ts'
import type { DatedRow } from './list-store.ts'
import { isBeforeDecision, stateFacts, stepOf } from './model.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.flatMap((id) => id ?? []))]

/** All that the rows of a page are told with, in a few reads however many they are. */
const lookUp = async (deps: RequestDeps, tx: Tx, found: readonly store.RequestRow[]) => {
  const of = <T>(pick: (row: store.RequestRow) => T) => found.map(pick)
  const lines = await store.linesOf(
    tx,
    of((row) => row.id),
  )
  const placed = lines.map((line) => line.platformId ?? line.preferredPlatformId)
  const undecided = found.filter((row) => row.kind === 'open' && isBeforeDecision(row.state))
  return {
    lines: Map.groupBy(lines, (line) => line.requestId),
    organisations: await deps.organisations.names(tx, distinct(of((row) => row.organisationId))),
    systems: await deps.systems.names(tx, distinct(of((row) => row.systemId))),
    people: await deps.identity.names(tx, distinct(of((row) => row.sentBy))),
    platforms: await deps.platformNames(tx, distinct(placed)),
    plans: (await deps.catalogue.plans(tx, distinct(lines.map((line) => line.planId)))).plans,
    quotas: await deps.quota.limitsOf(tx, distinct(undecided.map((row) => row.organisationId))),
    now: deps.clock.now(),
  }
}
type Known = Awaited<ReturnType<typeof lookUp>>

const none: Amounts = { vcpu: 0, 'memory-gib': 0, 'volume-gib': 0, address: 0 }

/** What the servers of a request will hold of quota. */
const wantedOf = (lines: readonly store.LineRow[], plans: Known['plans']): Amounts =>
  lines.reduce<Amounts>((sum, line) => {
    const plan = plans.get(line.planId ?? '')?.plan
    if (!plan || line.outcome !== null) return sum
    const each = amountsOfServer({ ...line, plan })
    const more = (measure: Measure) => sum[measure] + line.quantity * each[measure]
    return {
      vcpu: more('vcpu'),
      'memory-gib': more('memory-gib'),
      'volume-gib': more('volume-gib'),
      address: more('address'),
    }
  }, none)

const viewQuotas = (row: store.RequestRow, lines: readonly store.LineRow[], known: Known): InboxItem['quotas'] => {
  if (row.kind !== 'open' || !isBeforeDecision(row.state)) return []
  const amounts = wantedOf(lines, known.plans)
  const limits = known.quotas.get(row.organisationId) ?? []
  return measures.flatMap((measure) => {
    const quota = limits.find((it) => it.measure === measure)
    const wanted = amounts[measure]
    return quota && wanted > 0
      ? [{ measure, wanted, held: quota.held, limit: quota.limit, left: quota.limit - quota.held - wanted }]
      : []
  })
}

const viewLine = (row: store.RequestRow, line: store.LineRow, known: Known): InboxItem['lines'][number] => {
  const platformId = line.platformId ?? line.preferredPlatformId
  return {
    name: line.name,
    quantity: line.quantity,
    planName: known.plans.get(line.planId ?? '')?.plan.name ?? null,
    changeKind: row.kind === 'change' ? (askOfLine(line)?.kind ?? null) : null,
    platformId: platformId && toId('platform', platformId),
    platformName: platformId && (known.platforms.get(platformId) ?? null),
  }
}

export const viewInbox = async (deps: RequestDeps, tx: Tx, found: readonly DatedRow[]): Promise<InboxItem[]> => {
  const known = await lookUp(deps, tx, found)
  return found.map((row) => {
    const lines = known.lines.get(row.id) ?? []
    return {
      id: toId('request', row.id),
      kind: row.kind,
      aboutRequestId: row.aboutRequestId && toId('request', row.aboutRequestId),
      state: row.state,
      step: stepOf(row.kind, row.state),
      side: stateFacts[row.state].side,
      organisationId: toId('organisation', row.organisationId),
      organisationName: known.organisations.get(row.organisationId) ?? '',
      systemId: toId('system', row.systemId),
      systemName: known.systems.get(row.systemId) ?? '',
      sentByName: row.sentBy && (known.people.get(row.sentBy) ?? null),
      monthlyPriceYuanE4: row.monthlyPriceYuanE4,
      dueAt: row.dueAt?.toISOString() ?? null,
      isOverdue: row.dueAt !== null && row.dueAt < known.now,
      lines: lines.map((line) => viewLine(row, line, known)),
      quotas: viewQuotas(row, lines, known),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      revision: row.revision,
    }
  })
}
