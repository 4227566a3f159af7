import { createHash } from 'node:crypto'
import { v7 } from 'uuid'

export type Key = readonly (string | number)[]

/**
 * Chance without a sequence: everything follows from the seed and the name of what is asked for, so no row depends on
 * how many others were made before it.
 */
export interface Chance {
  /** From 0 up to 1. */
  part(...key: Key): number
  /** A whole number, both ends included. */
  between(minimum: number, maximum: number, ...key: Key): number
  pick<T>(items: readonly T[], ...key: Key): T
  /** UUIDv7 of an instant: what is older is smaller, as with ids that were made then. */
  id(at: Date, ...key: Key): string
  /** An id as clouds give them, which tells no time. */
  cloudId(...key: Key): string
}

export const createChance = (seed: number): Chance => {
  const digest = (key: Key): Buffer =>
    createHash('sha256')
      .update(`${seed} ${key.join(' ')}`)
      .digest()
  const part = (...key: Key): number => digest(key).readUInt32BE(0) / 2 ** 32
  return {
    part,
    between: (minimum, maximum, ...key) => minimum + Math.floor(part(...key) * (maximum - minimum + 1)),
    pick: (items, ...key) => items[Math.floor(part(...key) * items.length)] as (typeof items)[number], // below its length
    id: (at, ...key) => v7({ msecs: at.getTime(), random: digest(key).subarray(0, 16) }),
    cloudId: (...key) =>
      digest(key)
        .toString('hex')
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5'),
  }
}
