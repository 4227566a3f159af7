import { present } from '../../kernel/invariant.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import * as store from './chain-store.ts'
import { type Checkpoint, type CheckpointClaims, claimsText, digestOf } from './checkpoint.ts'
import { createKey, holdKey, type KeyDeps, pairOf } from './keys.ts'
import { beginning, hashOf, keyLifetimeMs, type Link, linkText, unsignedForMs } from './model.ts'
import { signSm2 } from './sm2.ts'

export interface SealDeps extends KeyDeps {
  readonly database: Database
  /** Of which Yiduo the trail is: the beginning of its marks on clouds. */
  readonly installation: string
}

/** So many links stand under one signature, and in one commit. */
const batch = 5_000

const linksFrom = (
  deps: SealDeps,
  from: { position: number; hash: Buffer },
  waiting: readonly store.Waiting[],
): Link[] => {
  let { position, hash } = from
  return waiting.map((it) => {
    position += 1
    hash = hashOf(hash, it)
    const { entryId, at } = it
    return { position, entryId, at, hash, mac: deps.mac.sign(linkText({ position, entryId, hash })) }
  })
}

/** Up to where entries without a MAC are no wonder. */
const unsignedUpTo = async (
  { clock }: SealDeps,
  tx: Tx,
  last: Checkpoint | null,
  lastUnsigned: number,
): Promise<number> => {
  const first = await store.firstCheckpoint(tx)
  const isOver = first !== null && (first.number > 1 || clock.now().getTime() > first.at.getTime() + unsignedForMs)
  return isOver ? (last?.unsignedUpTo ?? 0) : Math.max(last?.unsignedUpTo ?? 0, lastUnsigned)
}

const seal = async (
  deps: SealDeps,
  tx: Tx,
  key: store.SealKey,
  last: Checkpoint | null,
  of: Pick<CheckpointClaims, 'position' | 'hash' | 'unsignedUpTo' | 'nextPublicKey'>,
): Promise<void> => {
  const claims: CheckpointClaims = {
    ...of,
    number: (last?.number ?? 0) + 1,
    installation: last?.installation ?? deps.installation,
    at: deps.clock.now(),
    previous: last ? digestOf(last) : Buffer.alloc(32),
    keyNumber: key.number,
    publicKey: key.publicKey,
  }
  await store.insertCheckpoint(tx, { ...claims, signature: signSm2(claimsText(claims), pairOf(deps, key)) })
}

/** Announces a new key in a checkpoint that the old one signs, and forgets the old one. */
const turnOver = async (deps: SealDeps, tx: Tx, old: store.SealKey): Promise<store.SealKey> => {
  const last = present(await store.lastCheckpoint(tx), 'checkpoint')
  const made = await createKey(deps, tx, old.number + 1)
  const { position, hash, unsignedUpTo: unsigned } = last
  await seal(deps, tx, old, last, { position, hash, unsignedUpTo: unsigned, nextPublicKey: made.publicKey })
  await store.forgetPrivateKey(tx, old.number)
  return made
}

const isOld = ({ clock }: SealDeps, { createdAt }: store.SealKey): boolean =>
  clock.now().getTime() > createdAt.getTime() + keyLifetimeMs

/** Whoever writes to the queue by hand may name an entry twice; that must not keep the others waiting. */
const eachOnce = (waiting: readonly store.Waiting[]): store.Waiting[] => [
  ...new Map(waiting.map((it) => [it.entryId, it])).values(),
]

/** Chains and seals what waits, as far as one batch goes; answers how much that was. */
const sealBatch = (deps: SealDeps): Promise<number> =>
  deps.database.unrecorded(async (tx) => {
    const held = await holdKey(deps, tx)
    const key = isOld(deps, held) && (await store.lastCheckpoint(tx)) ? await turnOver(deps, tx, held) : held
    const last = await store.lastCheckpoint(tx)
    const waiting = eachOnce(await store.takeWaiting(tx, batch))
    const links = linksFrom(deps, last ?? beginning, waiting)
    const end = links.at(-1)
    if (!end) return 0
    await store.insertLinks(tx, links)
    const lastUnsigned = links[waiting.findLastIndex((it) => it.mac === null)]?.position ?? 0
    const unsigned = await unsignedUpTo(deps, tx, last, lastUnsigned)
    await seal(deps, tx, key, last, { ...end, unsignedUpTo: unsigned, nextPublicKey: null })
    return waiting.length
  })

/**
 * Chains and seals what waits; answers whether anything did. What is written meanwhile waits for the next pass, where it
 * does not fill a batch: else whoever writes all the time is sealed all the time, a few entries at once.
 */
export const sealWaiting = async (deps: SealDeps): Promise<boolean> => {
  if (!(await store.isAnyWaiting(deps.database.plain))) return false
  while ((await sealBatch(deps)) >= batch);
  return true
}

/** False where nothing was ever sealed: then there is nothing to announce a new key to. */
export const rotateKey = (deps: SealDeps): Promise<boolean> =>
  deps.database.unrecorded(async (tx) => {
    const held = await holdKey(deps, tx)
    if (!(await store.lastCheckpoint(tx))) return false
    await turnOver(deps, tx, held)
    return true
  })
