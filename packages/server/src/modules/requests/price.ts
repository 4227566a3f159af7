import { fromId, type LineAsk } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import {
  type Amounts,
  amountsOfServer,
  type MeteringMap,
  monthlyPriceOf,
  type OfferingRow,
  type PlanRow,
} from '../catalogue/index.ts'
import { meteredAmounts, type ResourceRow } from '../resources/index.ts'
import type { RequestDeps } from './service.ts'

/** A line with all that pricing, placing and ordering need of it. */
export interface PricedLine {
  readonly ask: LineAsk
  readonly plan: PlanRow
  readonly offering: OfferingRow
  readonly quantity: number
  readonly imageName: string
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
  readonly monthlyPriceYuanE4: number
}

/** What the servers of a line will hold of quota. */
export const holdingsOf = (line: PricedLine) =>
  Array.from({ length: line.quantity }, () => ({
    vcpus: line.plan.vcpus,
    memoryMib: line.plan.memoryMib,
    volumeGib: line.plan.systemDiskGib + line.dataVolumeGib,
    addresses: line.publicAddress ? 1 : 0,
  }))

/** The formal price a month of amounts; a refusal names the first component without a price. */
const priceOf = async (
  { catalogue, clock }: RequestDeps,
  tx: Tx,
  { metering }: { readonly metering: MeteringMap },
  amounts: Amounts,
): Promise<number | Refusal> => {
  const now = clock.now()
  const prices = await catalogue.pricesOf(tx, Object.values(metering))
  const price = monthlyPriceOf(prices, metering, amounts, now)
  if (typeof price === 'number') return price
  const [component] = await catalogue.componentsById(tx, [metering[price]])
  return refuse('price-missing', { component: component?.code ?? price, at: now.toISOString() })
}

/** What a server of a plan costs by itself. */
export const priceOfServer = (
  deps: RequestDeps,
  tx: Tx,
  { plan, offering }: Pick<PricedLine, 'plan' | 'offering'>,
): Promise<number | Refusal> =>
  priceOf(deps, tx, offering, amountsOfServer({ plan, dataVolumeGib: 0, publicAddress: false }))

export const priceOfVolume = (
  deps: RequestDeps,
  tx: Tx,
  of: { readonly metering: MeteringMap },
  sizeGib: number,
): Promise<number | Refusal> => priceOf(deps, tx, of, { vcpu: 0, 'memory-gib': 0, 'volume-gib': sizeGib, address: 0 })

/** What resources cost a month as they are promised. */
export const priceOfHeld = async (
  deps: RequestDeps,
  tx: Tx,
  resources: readonly Pick<ResourceRow, 'kind' | 'desired' | 'metering'>[],
): Promise<number | Refusal> => {
  const none = { vcpu: 0, 'memory-gib': 0, 'volume-gib': 0, address: 0 }
  let sum = 0
  for (const { kind, desired, metering } of resources) {
    const price = await priceOf(deps, tx, { metering }, { ...none, ...meteredAmounts(kind, desired) })
    if (typeof price !== 'number') return price
    sum += price
  }
  return sum
}

/** Looks a line up in the catalogue and prices it; the first thing that keeps it from being asked for refuses. */
export const priceLine = async (deps: RequestDeps, tx: Tx, ask: LineAsk): Promise<PricedLine | Refusal> => {
  const uuid = fromId('plan', ask.planId)
  const found = uuid && (await deps.catalogue.plan(tx, uuid))
  if (!found) return refuse('not-found')
  const { plan, offering } = found
  if (!offering.released) return refuse('offering-not-released', { offering: offering.name })
  const platformId = ask.platformId === undefined ? null : fromId('platform', ask.platformId)
  if (platformId && !(await deps.placement.knows(tx, platformId))) return refuse('not-found')
  const imageName = ask.imageName ?? offering.imageNames[0] ?? ''
  if (!offering.imageNames.includes(imageName))
    return refuse('image-not-offered', { image: imageName, offered: offering.imageNames.join(', ') })
  const line = {
    ask,
    plan,
    offering,
    quantity: ask.quantity ?? 1,
    imageName,
    dataVolumeGib: ask.dataVolumeGib ?? 0,
    publicAddress: ask.publicAddress ?? false,
  }
  const price = await priceOf(deps, tx, offering, amountsOfServer(line))
  return typeof price === 'number' ? { ...line, monthlyPriceYuanE4: price * line.quantity } : price
}

export const priceAll = async (
  deps: RequestDeps,
  tx: Tx,
  asks: readonly LineAsk[],
): Promise<PricedLine[] | Refusal> => {
  const lines: PricedLine[] = []
  for (const ask of asks) {
    const line = await priceLine(deps, tx, ask)
    if (isRefusal(line)) return line
    lines.push(line)
  }
  return lines
}
