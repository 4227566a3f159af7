const yuanE4PerFen = 100n

/** Sums beyond this would lose fen silently as doubles. */
const exactNumber = (whole: bigint): number => {
  const number = Number(whole)
  if (!Number.isSafeInteger(number)) throw new RangeError(`amount too large to be exact: ${whole}`)
  return number
}

/**
 * price a month × quantity × seconds held ÷ seconds of that month, rounded half up to the fen, in 1/10000 yuan.
 * BigInt because the product passes 2^53 for a few hundred cores already. Nothing here is ever negative.
 */
export const amountOf = (
  monthlyPriceYuanE4: number,
  quantity: number,
  seconds: number,
  monthSeconds: number,
): number => {
  const product = BigInt(monthlyPriceYuanE4) * BigInt(quantity) * BigInt(seconds)
  const divisor = BigInt(monthSeconds) * yuanE4PerFen
  const fen = (2n * product + divisor) / (2n * divisor)
  return exactNumber(fen * yuanE4PerFen)
}

export const sumOf = (amounts: Iterable<number>): number => {
  let sum = 0n
  for (const amount of amounts) sum += BigInt(amount)
  return exactNumber(sum)
}
