import type { Mac } from '../../platform/secrets/index.ts'
import type { SealKey } from './chain-store.ts'
import { type Checkpoint, checkpointText, digestOf, isSealed } from './checkpoint.ts'
import type { Problem } from './examine.ts'
import { keyText, unsignedForMs } from './model.ts'

export const forged = (it: Checkpoint, what: string): Problem => ({
  kind: 'seal-forged',
  position: it.position,
  entryId: null,
  checkpoint: it.number,
  what,
})

const isOurs = (it: Checkpoint, keys: readonly SealKey[], mac: Mac): boolean =>
  keys.some(
    ({ number, publicKey, mac: signed }) =>
      number === it.keyNumber && publicKey === it.publicKey && mac.isSigned(keyText(number, publicKey), signed),
  )

/** Unsigned entries end within a day of the very first checkpoint. */
const mayBeUnsigned = (it: Checkpoint, before: Checkpoint | null, first: Checkpoint): boolean => {
  if (it.unsignedUpTo > it.position) return false
  if (before === null || it.unsignedUpTo === before.unsignedUpTo) return true
  const inTime = it.at.getTime() <= first.at.getTime() + unsignedForMs
  return first.number === 1 && inTime && it.unsignedUpTo > before.unsignedUpTo
}

/**
 * Takes the checkpoints in their order and says what is wrong with the first that does not follow on the one before. Each
 * names the digest of the one before it, so the newest signature holds for all and not each has to be computed: whoever
 * has come to the end must look at that one (`isSealed`).
 */
export const createSealCheck = (keys: readonly SealKey[], mac: Mac, kept: Checkpoint | null) => {
  let first: Checkpoint | null = null
  let last: Checkpoint | null = null
  const follows = (it: Checkpoint, before: Checkpoint): string | Problem | null => {
    if (it.number !== before.number + 1) return `those between it and ${before.number} are missing`
    if (!it.previous.equals(digestOf(before)))
      return isSealed(before) ? 'it names another before it' : forged(before, 'its signature does not hold')
    if (it.publicKey !== (before.nextPublicKey ?? before.publicKey)) return 'its key was never announced'
    return null
  }
  const wrong = (it: Checkpoint, before: Checkpoint | null, begin: Checkpoint): string | Problem | null => {
    const breach = before && follows(it, before)
    if (breach) return breach
    if (before?.publicKey !== it.publicKey && !isOurs(it, keys, mac)) return 'its key is not of this installation'
    if (!mayBeUnsigned(it, before, begin)) return 'it allows entries without a MAC where there may be none'
    const isKept = kept?.number === it.number
    return isKept && checkpointText(kept) !== checkpointText(it) ? 'it is not the one that was kept' : null
  }
  return (it: Checkpoint): Problem | null => {
    first ??= it
    const found = wrong(it, last, first)
    last = it
    return typeof found === 'string' ? forged(it, found) : found
  }
}
