import type { AnswerOf, billGet, priceList, usageList } from '@yiduo/contract'

export type Usage = AnswerOf<typeof usageList>['items'][number]
export type Price = AnswerOf<typeof priceList>['items'][number]
type BillLine = AnswerOf<typeof billGet>['lines'][number]

const second = (instant: string): number => Math.floor(Date.parse(instant) / 1_000)

/** First and last instant of a month in Asia/Shanghai, in whole seconds. */
const boundsOf = (month: string): readonly [number, number] => {
  const [year = 0, index = 0] = month.split('-').map(Number)
  const at = (monthIndex: number) => Date.UTC(year, monthIndex, 1) / 1_000 - 8 * 3_600
  return [at(index - 1), at(index)]
}

/**
 * The bill as a clerk would reckon it from the list of use and the list of prices, in fen. Written apart from the
 * product's own engine on purpose: price a month × quantity × seconds ÷ seconds of the month, each line (one thing,
 * one quantity, one price) rounded half up to the fen.
 */
export const billByHand = (usage: readonly Usage[], prices: readonly Price[], month: string): bigint => {
  const [from, to] = boundsOf(month)
  const secondsOfLine = new Map<string, { priceYuanE4: bigint; quantity: bigint; seconds: number }>()
  for (const it of usage) {
    if (it.endedAt === null) throw new Error('a clerk bills what has ended')
    const ladder = prices
      .filter((price) => price.componentId === it.componentId && price.phase === it.phase)
      .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
    for (const [rung, price] of ladder.entries()) {
      const next = ladder[rung + 1]
      const begins = Math.max(from, second(it.startedAt), second(price.validFrom))
      const ends = Math.min(to, second(it.endedAt), next === undefined ? to : second(next.validFrom))
      if (ends <= begins || price.monthlyPriceYuanE4 === null) continue
      const key = [it.resourceId, it.componentId, it.phase, it.quantity, price.monthlyPriceYuanE4].join()
      const known = secondsOfLine.get(key)?.seconds ?? 0
      const priceYuanE4 = BigInt(price.monthlyPriceYuanE4)
      secondsOfLine.set(key, { priceYuanE4, quantity: BigInt(it.quantity), seconds: known + ends - begins })
    }
  }
  const inMonth = BigInt(to - from)
  const fenOf = (line: { priceYuanE4: bigint; quantity: bigint; seconds: number }): bigint => {
    const dividend = line.priceYuanE4 * line.quantity * BigInt(line.seconds)
    const divisor = inMonth * 100n
    return dividend / divisor + ((dividend % divisor) * 2n >= divisor ? 1n : 0n)
  }
  return [...secondsOfLine.values()].reduce((sum, line) => sum + fenOf(line), 0n)
}

/** What a bill holds beyond test time, which costs nothing here. */
export const chargedLines = (lines: readonly BillLine[]): readonly BillLine[] =>
  lines.filter((line) => line.phase === 'formal')
