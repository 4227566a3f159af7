import type { Phase } from '@yiduo/contract'

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
