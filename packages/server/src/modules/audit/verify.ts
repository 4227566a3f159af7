import type { Database, Tx } from '../../platform/database/index.ts'
import type { Mac } from '../../platform/secrets/index.ts'
import * as chain from './chain-store.ts'
import { type Checkpoint, isSealed } from './checkpoint.ts'
import { type Bounds, explain, fits, isSealers, type Place, type Problem } from './examine.ts'
import { beginning } from './model.ts'
import { createSealCheck, forged } from './seal-check.ts'
import * as store from './verify-store.ts'

export interface VerifyDeps {
  readonly database: Pick<Database, 'unrecorded'>
  readonly mac: Mac
}

export interface VerifyAsk {
  /** A checkpoint that was printed and kept. */
  readonly kept?: Checkpoint | null
  /** Told now and then how far it came. */
  readonly progress?: (position: number, upTo: number) => void
}

export interface Verification {
  /** How many were looked at. */
  readonly entries: number
  readonly checkpoints: number
  /** The newest checkpoint; null where nothing was sealed yet. */
  readonly upTo: Checkpoint | null
  /** The first that is wrong; null where all is as it was written. */
  readonly problem: Problem | null
}

const batch = 5_000

type Read<Found> = (tx: Tx, after: number, upTo: number, limit: number) => Promise<Found[]>

/** Batches of links up to a position: while one is computed with, the database makes the next. */
async function* linksFrom<Found extends store.FoundLink>(read: Read<Found>, tx: Tx, after: number, upTo: number) {
  let asked = read(tx, after, upTo, batch)
  for (;;) {
    const links = await asked
    const last = links.at(-1)
    if (!last) return
    asked = read(tx, last.position, upTo, batch)
    yield links
  }
}

/** The checkpoints up to one, each when it is its turn. */
const createSeals = (tx: Tx, after: number, end: Checkpoint) => {
  let number = after
  let read: Checkpoint[] = []
  return async (): Promise<Checkpoint | null> => {
    if (read.length === 0) read = await chain.checkpointsAfter(tx, number, batch)
    const next = read.shift()
    if (!next || next.number > end.number) return null
    number = next.number
    return next
  }
}

interface Pass {
  readonly tx: Tx
  readonly bounds: Bounds
  readonly end: Checkpoint
  readonly ask: VerifyAsk
}

const missing = (from: number, to: number): Problem => ({
  kind: 'link-broken',
  position: from,
  entryId: null,
  checkpoint: null,
  what: `the links from ${from} to ${to} are missing`,
})

/**
 * The first link from a place on that does not fit or that the sealer did not make: hashes that fit each other and not the
 * seal were computed anew by somebody who could not sign each as the sealer did.
 */
const firstWrong = async ({ tx, bounds }: Pass, from: Place, upTo: number): Promise<Problem | null> => {
  let place = from
  for await (const links of linksFrom(store.wholeLinksAfter, tx, from.position, upTo))
    for (const link of links) {
      if (!fits(bounds, place, link) || !isSealers(bounds, link)) return explain(bounds, place, links, link)
      place = link
    }
  return null
}

/** How far a pass came, and what stopped it. */
interface Passed {
  readonly place: Place
  readonly checkpoints: number
  readonly problem: Problem | null
}

/** One pass in the order of the chain; each checkpoint when its link is reached. */
const passThrough = async (
  pass: Pass,
  base: Place,
  first: Checkpoint,
  keys: readonly chain.SealKey[],
): Promise<Passed> => {
  const { tx, bounds, end, ask } = pass
  const check = createSealCheck(keys, bounds.mac, ask.kept ?? null)
  const seals = createSeals(tx, first.number - 1, end)
  let [place, sure, checkpoints] = [base, base, 0]
  let seal = await seals()
  const passed = (problem: Problem | null): Passed => ({ place, checkpoints, problem })
  /** Goes through the checkpoints that stand where the pass has come to. */
  const settle = async (): Promise<Problem | null> => {
    for (; seal !== null && seal.position <= place.position; seal = await seals()) {
      const problem = check(seal)
      if (problem) return problem
      if (seal.position < place.position) return forged(seal, 'it stands before the one that it follows')
      if (!seal.hash.equals(place.hash))
        return (await firstWrong(pass, sure, seal.position)) ?? forged(seal, 'it names another hash than the chain has')
      sure = place
      checkpoints += 1
    }
    return null
  }
  const atBase = await settle()
  if (atBase) return passed(atBase)
  for await (const links of linksFrom(store.linksAfter, tx, base.position, end.position)) {
    for (const link of links) {
      if (!fits(bounds, place, link))
        return passed((await firstWrong(pass, place, end.position)) ?? forged(end, 'the chain changed meanwhile'))
      place = link
      const problem = seal !== null && seal.position <= place.position ? await settle() : null
      if (problem) return passed(problem)
    }
    ask.progress?.(place.position, end.position)
  }
  if (place.position < end.position) return passed(missing(place.position + 1, end.position))
  return passed(isSealed(end) ? null : await firstForged(pass, first))
}

/** Every signature, from the first: the newest does not hold. */
const firstForged = async ({ tx, end }: Pass, first: Checkpoint): Promise<Problem> => {
  const seals = createSeals(tx, first.number - 1, end)
  for (let it = await seals(); it !== null; it = await seals())
    if (!isSealed(it)) return forged(it, 'its signature does not hold')
  return forged(end, 'its signature does not hold')
}

/** What lies beside the chain: entries that are in none, and links that no checkpoint has. */
const besideTheChain = async (tx: Tx, chained: number, end: Checkpoint | null): Promise<Problem | null> => {
  const beside = { checkpoint: null, position: null }
  if (chained > (end?.position ?? 0))
    return {
      ...beside,
      kind: 'inserted',
      position: (end?.position ?? 0) + 1,
      entryId: null,
      what: 'links without a seal',
    }
  if ((await store.countUnlinked(tx)) === 0) return null
  const found = await store.firstUnlinked(tx)
  const what = found?.mac
    ? 'it is neither chained nor waits for it: its link was removed'
    : 'it is neither chained nor waits for it'
  return found && { ...beside, kind: found.mac ? 'link-broken' : 'inserted', entryId: found.id, what }
}

/** A trail that does not begin at its beginning was cut by the retention, which says so in the trail. */
const unexplainedCut = async (tx: Tx, mac: Mac, first: Checkpoint): Promise<Problem | null> => {
  if (first.number === 1) return null
  const cut = await store.lastCut(tx)
  const isGenuine = cut?.text && cut.mac !== null && mac.isSigned(cut.text, cut.mac)
  const { checkpoint } = (cut?.after ?? {}) as { checkpoint?: unknown } // signed by the retention, which wrote it so
  if (isGenuine && checkpoint === first.number) return null
  const what = `all up to position ${first.position} is gone, and no cut of the retention says so`
  return { kind: 'removed', position: 1, entryId: null, checkpoint: first.number, what }
}

/** The kept one belongs to this trail, though the pass did not meet it. */
const heldAgainst = (kept: Checkpoint, first: Checkpoint | null, end: Checkpoint | null): Problem | null => {
  if (!isSealed(kept)) return forged(kept, 'the kept checkpoint is not whole: its own signature does not hold')
  if (end === null || kept.number > end.number)
    return forged(kept, 'the trail ends before the checkpoint that was kept')
  return first && kept.number < first.number ? forged(kept, 'the kept checkpoint was cut off by the retention') : null
}

/**
 * Holds the whole trail against its MACs, its chain and its seals, in one pass; then against a kept checkpoint, if one is
 * given. Names the first thing that is wrong.
 */
export const verify = async (deps: VerifyDeps, ask: VerifyAsk = {}): Promise<Verification> => {
  for (;;) {
    const { beganAt, ...found } = await verifyOnce(deps, ask)
    if (!found.problem) return found
    const first = await deps.database.unrecorded((tx) => chain.firstCheckpoint(tx))
    if (first?.number === beganAt) return found // else the retention cut under our feet
  }
}

const verifyOnce = (
  { database, mac }: VerifyDeps,
  ask: VerifyAsk,
): Promise<Verification & { readonly beganAt: number | undefined }> =>
  database.unrecorded(async (tx) => {
    const chained = await store.lastPosition(tx) // before the checkpoint: both are one commit
    const [first, end] = [await chain.firstCheckpoint(tx), await chain.lastCheckpoint(tx)]
    const outside = ask.kept ? heldAgainst(ask.kept, first, end) : null
    const beganAt = first?.number
    if (outside) return { beganAt, entries: 0, checkpoints: 0, upTo: end, problem: outside }
    if (!first || !end)
      return { beganAt, entries: 0, checkpoints: 0, upTo: null, problem: await besideTheChain(tx, chained, null) }
    const base: Place = first.number === 1 ? beginning : first
    const cut = await unexplainedCut(tx, mac, first)
    if (cut) return { beganAt, entries: 0, checkpoints: 0, upTo: end, problem: cut }
    const pass: Pass = { tx, bounds: { mac, unsignedUpTo: end.unsignedUpTo }, end, ask }
    const { place, checkpoints, problem } = await passThrough(pass, base, first, await chain.allKeys(tx))
    const entries = place.position - base.position
    return { beganAt, entries, checkpoints, upTo: end, problem: problem ?? (await besideTheChain(tx, chained, end)) }
  })
