import { type Bill, type Correction, toId } from '@yiduo/contract'
import { monthAfter, monthBounds, monthOf, type RatedLine, rateMonth } from '@yiduo/engines'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type CorrectionRow, correctionsOf, openCorrections } from './correction-store.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

/** A bill as it stands: each line is rounded by itself, and the bill is their sum. */
export interface Rated {
  readonly lines: readonly store.BillLineRow[]
  readonly corrections: readonly CorrectionRow[]
  readonly amountYuanE4: number
}

const viewLine = (row: store.BillLineRow, position: number): Bill['lines'][number] => {
  const { heldUntil: _heldUntil, platformId: _platformId, resourceKind, ...line } = row
  return {
    ...line,
    position,
    resourceId: toId(resourceKind, line.resourceId),
    systemId: toId('system', line.systemId),
    componentId: toId('component', line.componentId),
  }
}

export const viewCorrection = (row: CorrectionRow): Correction => ({
  id: toId('correction', row.id),
  organisationId: toId('organisation', row.organisationId),
  month: row.billId && row.month,
  correctsMonth: row.correctsMonth,
  correctsPosition: row.correctsPosition,
  systemId: row.systemId && toId('system', row.systemId),
  componentId: row.componentId && toId('component', row.componentId),
  amountYuanE4: row.amountYuanE4,
  reason: row.reason,
  correctedBy: row.correctedBy,
  createdAt: row.createdAt.toISOString(),
})

export const viewBill = (
  of: { readonly organisationId: string; readonly month: string },
  rated: Rated,
  closed: store.BillRow | null,
  asOf: Date,
): Bill => ({
  id: closed && toId('bill', closed.id),
  organisationId: toId('organisation', of.organisationId),
  month: of.month,
  state: closed ? 'closed' : 'provisional',
  amountYuanE4: rated.amountYuanE4,
  asOf: asOf.toISOString(),
  lines: rated.lines.map(viewLine),
  corrections: rated.corrections.map(viewCorrection),
})

/** The one month of an organisation that takes corrections: the one after the latest that is closed. */
export const openMonth = async ({ clock }: SettlementDeps, tx: Tx, organisationId: string): Promise<string> => {
  const [latest] = await store.latestMonths(tx, [organisationId])
  return latest ? monthAfter(latest.month) : monthOf(clock.now())
}

const sum = (parts: readonly { readonly amountYuanE4: number }[]): number =>
  parts.reduce((total, it) => total + it.amountYuanE4, 0)

/** The month as it stands: what was held, at the prices valid at the time, up to now, and what it corrects. */
export const rate = async (
  deps: SettlementDeps,
  tx: Tx,
  { organisationId, month }: { readonly organisationId: string; readonly month: string },
): Promise<Rated | Refusal> => {
  const { metering, catalogue, clock } = deps
  const bounds = monthBounds(month)
  const usage = await metering.usageBetween(tx, organisationId, bounds.startsAt, bounds.endsAt)
  const ids = [...new Set(usage.map((it) => it.componentId))]
  const components = new Map((await catalogue.componentsById(tx, ids)).map((it) => [it.id, it]))
  const kinds = new Map(usage.map((it) => [it.resourceId, it.resourceKind]))
  const intervals = usage.map((it) => {
    const component = present(components.get(it.componentId), 'component')
    return { ...it, componentName: component.name, measure: component.measure }
  })
  const rated = rateMonth({ intervals, prices: await catalogue.pricesOf(tx, ids), month, asOf: clock.now() })
  if ('gaps' in rated) {
    const gap = present(rated.gaps[0], 'gap')
    return refuse('price-missing', { component: components.get(gap.componentId)?.code ?? '', at: gap.at.toISOString() })
  }
  const lineOf = ({ organisationId: _owner, ...line }: RatedLine): store.BillLineRow => ({
    ...line,
    platformId: null,
    resourceKind: present(kinds.get(line.resourceId), 'kind'),
  })
  const isOpen = (await openMonth(deps, tx, organisationId)) === month
  const corrections = isOpen ? await openCorrections(tx, organisationId) : []
  return { lines: rated.lines.map(lineOf), corrections, amountYuanE4: rated.amountYuanE4 + sum(corrections) }
}

/** A bill, closed or provisional, with its lines. */
export const readBill = async (
  deps: SettlementDeps,
  tx: Tx,
  of: { readonly organisationId: string; readonly month: string },
): Promise<{ rated: Rated; closed: store.BillRow | null } | Refusal> => {
  const closed = await store.findBill(tx, of.organisationId, of.month)
  if (!closed) {
    const rated = await rate(deps, tx, of)
    return isRefusal(rated) ? rated : { rated, closed }
  }
  const lines = await store.linesOf(tx, closed.id)
  const corrections = await correctionsOf(tx, closed.id)
  return { rated: { lines, corrections, amountYuanE4: closed.amountYuanE4 }, closed }
}
