import { createHash } from 'node:crypto'

/** Where the chain begins. */
export const beginning = { position: 0, hash: Buffer.alloc(32) }

export interface Link {
  readonly position: number
  readonly entryId: string
  /** As PostgreSQL writes it: to the microsecond, which a Date does not hold. */
  readonly at: string
  readonly hash: Buffer
  /** Over position, entry and hash: who may write to the table cannot make a link. */
  readonly mac: string
}

/** What a link is made of: the entry's canonical text and its MAC; no text where there is no such entry. */
export interface LinkedText {
  readonly text: string | null
  readonly mac: string | null
}

/** SM3(previous hash ‖ canonical text ‖ line end ‖ MAC). */
export const hashOf = (previous: Buffer, { text, mac }: LinkedText): Buffer =>
  createHash('sm3')
    .update(previous)
    .update(`${text ?? ''}\n${mac ?? ''}`)
    .digest()

/** What the sealer signs of a link. */
export const linkText = ({ position, entryId, hash }: Omit<Link, 'at' | 'mac'>): string =>
  `link ${position} ${entryId} ${hash.toString('hex')}`

/** What the sealer signs of a key. */
export const keyText = (number: number, publicKey: string): string => `key ${number} ${publicKey}`

/**
 * After the first checkpoint processes of the release before may go on for a while, as in a rolling upgrade, and do not
 * sign what they write. Later an entry without a MAC is one that somebody put there.
 */
export const unsignedForMs = 24 * 3_600_000

/** As often a new key signs the checkpoints, unasked. */
export const keyLifetimeMs = 365 * 86_400_000
