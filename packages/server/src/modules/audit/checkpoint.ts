import { createHash } from 'node:crypto'
import { isSm2Signed } from './sm2.ts'

/** What the sealer says of the chain up to a position. */
export interface CheckpointClaims {
  readonly number: number
  readonly installation: string
  readonly position: number
  readonly hash: Buffer
  readonly at: Date
  /** SM3 of the text of the checkpoint before, so that the newest signature holds for all. */
  readonly previous: Buffer
  /** The last position at which an entry of a release that did not sign may lie. */
  readonly unsignedUpTo: number
  readonly keyNumber: number
  readonly publicKey: string
  /** The key that signs from the next one on, where another does. */
  readonly nextPublicKey: string | null
}

export interface Checkpoint extends CheckpointClaims {
  readonly signature: string
}

const heading = 'Yiduo audit checkpoint, form 1'

/** What is signed: a line a claim. */
export const claimsText = (it: CheckpointClaims): string =>
  `${[
    heading,
    `installation ${it.installation}`,
    `number ${it.number}`,
    `position ${it.position}`,
    `hash ${it.hash.toString('hex')}`,
    `at ${it.at.toISOString()}`,
    `previous ${it.previous.toString('hex')}`,
    `unsigned-up-to ${it.unsignedUpTo}`,
    `key-number ${it.keyNumber}`,
    `public-key ${it.publicKey}`,
    `next-public-key ${it.nextPublicKey ?? '-'}`,
  ].join('\n')}\n`

/** The whole, as it is printed and kept elsewhere. */
export const checkpointText = (it: Checkpoint): string => `${claimsText(it)}signature ${it.signature}\n`

export const digestOf = (it: Checkpoint): Buffer => createHash('sm3').update(checkpointText(it)).digest()

/** Whether its own key signed it; whose key that is says somebody else. */
export const isSealed = (it: Checkpoint): boolean => isSm2Signed(claimsText(it), it.signature, it.publicKey)

/** One that was kept; null where the text is none, or not to the letter. Ends of lines may be those of Windows. */
export const parseCheckpoint = (text: string): Checkpoint | null => {
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n')
  const claims = new Map(lines.slice(1).map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
  const said = (name: string): string => claims.get(name) ?? ''
  const at = new Date(said('at'))
  if (Number.isNaN(at.getTime())) return null
  const it: Checkpoint = {
    installation: said('installation'),
    number: Number(said('number')),
    position: Number(said('position')),
    hash: Buffer.from(said('hash'), 'hex'),
    at,
    previous: Buffer.from(said('previous'), 'hex'),
    unsignedUpTo: Number(said('unsigned-up-to')),
    keyNumber: Number(said('key-number')),
    publicKey: said('public-key'),
    nextPublicKey: said('next-public-key') === '-' ? null : said('next-public-key'),
    signature: said('signature'),
  }
  return checkpointText(it).trim() === lines.join('\n') ? it : null
}
