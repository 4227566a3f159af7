import type { Component } from '@yiduo/contract'
import { type DatedPrice, monthOf, rateMonth } from '@yiduo/engines'
import { invariant, present } from '../../kernel/invariant.ts'
import type { BillRow, PlacedBillLine } from '../../modules/settlement/index.ts'
import { closedAtOf } from './course.ts'
import type { Draft } from './draft.ts'
import { type Ground, monthsDays, type Owner } from './ground.ts'
import { plusDays } from './time.ts'

export interface Tariff {
  readonly components: ReadonlyMap<string, Pick<Component, 'name' | 'measure'>>
  readonly prices: readonly DatedPrice[]
}

/** Every month of the history that is over, the oldest first. */
const monthsOver = (today: Date): readonly string[] => {
  const days = Array.from({ length: monthsDays + 1 }, (_, index) => monthOf(plusDays(today, index - monthsDays)))
  return [...new Set(days)].filter((month) => closedAtOf(month, today) !== null)
}

export interface BillRows {
  readonly bills: readonly BillRow[]
  readonly lines: readonly PlacedBillLine[]
}

/** The closed bills of one department, by the same rating as everybody's. */
export const billsOf = (
  { chance, today }: Ground,
  owner: Owner,
  { usage, resources }: Pick<Draft, 'usage' | 'resources'>,
  { components, prices }: Tariff,
): BillRows => {
  const byId = new Map(resources.map((it) => [it.id, it]))
  const intervals = usage.map((it) => {
    const { name, measure } = present(components.get(it.componentId), 'component')
    return { ...it, componentName: name, measure }
  })
  const bills: BillRow[] = []
  const lines: PlacedBillLine[] = []
  for (const month of monthsOver(today)) {
    const closedAt = present(closedAtOf(month, today), month)
    const rated = rateMonth({ intervals, prices, month, asOf: closedAt })
    invariant('lines' in rated, `all that is used in ${month} has its price`)
    if (rated.lines.length === 0) continue
    const id = chance.id(closedAt, 'bill', owner.name, month)
    bills.push({ id, organisationId: owner.id, month, amountYuanE4: rated.amountYuanE4, closedAt })
    for (const [position, { organisationId: _owner, ...line }] of rated.lines.entries()) {
      const { kind: resourceKind, platformId } = present(byId.get(line.resourceId), 'resource')
      lines.push({ ...line, billId: id, position, resourceKind, platformId })
    }
  }
  return { bills, lines }
}
