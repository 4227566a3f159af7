import type { Tx } from '../../platform/database/index.ts'
import * as store from './chain-store.ts'
import { type Checkpoint, checkpointText } from './checkpoint.ts'

/**
 * What this process has seen sealed. Whoever takes away the end of the trail together with its checkpoints leaves nothing
 * in the database that tells; who saw them tells, for as long as it runs.
 */
export interface Witness {
  /** The newest checkpoint that followed on all that was seen before. */
  seen(): Checkpoint | null
  /** False where the trail does not lead there any more. */
  look(tx: Tx): Promise<boolean>
  /** Bare id of an entry that waited already when this was asked before, and waits still: nothing is sealed. */
  stuck(tx: Tx, now: Date): Promise<string | null>
}

/** The sealer comes each second; what has waited so long waits for somebody who keeps it from sealing. */
const patienceMs = 10 * 60_000

const leadsTo = async (tx: Tx, seen: Checkpoint, last: Checkpoint | null): Promise<boolean> => {
  const found = last?.number === seen.number ? last : await store.findCheckpoint(tx, seen.number)
  if (found) return checkpointText(found) === checkpointText(seen)
  const first = await store.firstCheckpoint(tx)
  return first !== null && first.number > seen.number // cut off by the retention, of which the trail tells
}

export const createWitness = (): Witness => {
  let seen: Checkpoint | null = null
  let waited: { readonly number: number; readonly since: number } | null = null
  return {
    seen: () => seen,
    async look(tx) {
      const last = await store.lastCheckpoint(tx)
      if (seen !== null && !(await leadsTo(tx, seen, last))) return false
      seen = last
      return true
    },
    async stuck(tx, now) {
      const first = await store.firstWaiting(tx)
      if (first === null || first.number !== waited?.number) {
        waited = first && { number: first.number, since: now.getTime() }
        return null
      }
      return now.getTime() - waited.since >= patienceMs ? first.entryId : null
    },
  }
}
