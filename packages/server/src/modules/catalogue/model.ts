import { type Measure, measures, type Phase } from '@yiduo/contract'

/** Memory is sold in whole GiB: 512 MiB counts as one. */
export const memoryGib = (memoryMib: number): number => Math.ceil(memoryMib / 1024)

interface DatedPrice {
  readonly componentId: string
  readonly phase: Phase
  readonly validFrom: Date
  readonly monthlyPriceYuanE4: number | null
}

/** The price valid at an instant; null where there is none, or where it was ended. */
export const priceAt = (prices: readonly DatedPrice[], componentId: string, phase: Phase, at: Date): number | null => {
  let valid: DatedPrice | null = null
  for (const it of prices)
    if (
      it.componentId === componentId &&
      it.phase === phase &&
      it.validFrom <= at &&
      (!valid || it.validFrom > valid.validFrom)
    )
      valid = it
  return valid?.monthlyPriceYuanE4 ?? null
}

/** How much of each measure something holds. */
export type Amounts = Readonly<Record<Measure, number>>

/** What one server with what belongs to it holds. */
export const amountsOfServer = (it: {
  readonly plan: { readonly vcpus: number; readonly memoryMib: number; readonly systemDiskGib: number }
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
}): Amounts => ({
  vcpu: it.plan.vcpus,
  'memory-gib': memoryGib(it.plan.memoryMib),
  'volume-gib': it.plan.systemDiskGib + it.dataVolumeGib,
  address: it.publicAddress ? 1 : 0,
})

/** The formal price a month of amounts; where a component that is needed has none, the measure it meters. */
export const monthlyPriceOf = (
  prices: readonly DatedPrice[],
  metering: Readonly<Record<Measure, string>>,
  amounts: Amounts,
  at: Date,
): number | Measure => {
  let sum = 0
  for (const measure of measures) {
    if (amounts[measure] === 0) continue
    const price = priceAt(prices, metering[measure], 'formal', at)
    if (price === null) return measure
    sum += price * amounts[measure]
  }
  return sum
}
