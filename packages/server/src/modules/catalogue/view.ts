import { type Component, measures, type Offering, type Plan, type Price, toId } from '@yiduo/contract'
import { amountsOfServer, monthlyPriceOf } from './model.ts'
import type { ComponentRow, OfferingRow, PlanRow, PriceRow } from './store.ts'

export const viewComponent = (row: ComponentRow): Component => ({
  id: toId('component', row.id),
  code: row.code,
  name: row.name,
  measure: row.measure,
})

export const viewPrice = (row: PriceRow): Price => ({
  id: toId('price', row.id),
  componentId: toId('component', row.componentId),
  phase: row.phase,
  validFrom: row.validFrom.toISOString(),
  monthlyPriceYuanE4: row.monthlyPriceYuanE4,
})

/** A plan's price a month; null while one of its components has none. */
const planPrice = (plan: PlanRow, offering: OfferingRow, prices: readonly PriceRow[], at: Date): number | null => {
  const amounts = amountsOfServer({ plan, dataVolumeGib: 0, publicAddress: false })
  const price = monthlyPriceOf(prices, offering.metering, amounts, at)
  return typeof price === 'number' ? price : null
}

export const viewPlan = (row: PlanRow, offering: OfferingRow, prices: readonly PriceRow[], at: Date): Plan => ({
  id: toId('plan', row.id),
  offeringId: toId('offering', row.offeringId),
  code: row.code,
  name: row.name,
  vcpus: row.vcpus,
  memoryMib: row.memoryMib,
  systemDiskGib: row.systemDiskGib,
  monthlyPriceYuanE4: planPrice(row, offering, prices, at),
})

export const viewOffering = (
  row: OfferingRow,
  plans: readonly PlanRow[],
  prices: readonly PriceRow[],
  at: Date,
): Offering => ({
  id: toId('offering', row.id),
  code: row.code,
  name: row.name,
  kind: row.kind,
  architecture: row.architecture,
  imageNames: row.imageNames,
  metering: Object.fromEntries(measures.map((it) => [it, toId('component', row.metering[it])])) as Offering['metering'], // total over measures
  approvedByRuleUpToVcpus: row.approvedByRuleUpToVcpus,
  testDays: row.testDays,
  released: row.released,
  revision: row.revision,
  plans: plans.filter((plan) => plan.offeringId === row.id).map((plan) => viewPlan(plan, row, prices, at)),
})
