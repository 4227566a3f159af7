export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
}

/** SplitMix64: small, and the same on every machine. */
export const createRandom = (seed: number): Random => {
  const mask = (1n << 64n) - 1n
  let state = BigInt(seed) & mask
  const next = (): bigint => {
    state = (state + 0x9e3779b97f4a7c15n) & mask
    let value = state
    value = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    value = ((value ^ (value >> 27n)) * 0x94d049bb133111ebn) & mask
    return value ^ (value >> 31n)
  }
  return { below: (end) => Number(next() % BigInt(end)) }
}
