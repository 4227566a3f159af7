import * as store from './chain-store.ts'
import type { Checkpoint } from './checkpoint.ts'
import { isOurs, sign } from './keys.ts'
import { rotateKey, type SealDeps, sealWaiting } from './seal.ts'
import type { ExportSeal, Signature } from './seal-export.ts'
import { type Verification, type VerifyAsk, verify } from './verify.ts'
import { createWitness } from './witness.ts'

export interface Witnessed {
  readonly seen: Checkpoint | null
  readonly holds: boolean
  /** Bare id of an entry that nobody seals. */
  readonly stuck: string | null
}

/** The trail as a chain with its seals, for whoever seals it, verifies it or keeps its checkpoints. */
export const createTrail = (deps: SealDeps) => {
  const { plain } = deps.database
  const witness = createWitness()
  return {
    async seal(): Promise<void> {
      if (await sealWaiting(deps)) await witness.look(plain)
    },
    verify: (ask?: VerifyAsk): Promise<Verification> => verify(deps, ask),
    /** What this process has seen sealed, whether the trail still leads there, and whether it goes on. */
    async witnessed(): Promise<Witnessed> {
      const holds = await witness.look(plain)
      return { seen: witness.seen(), holds, stuck: await witness.stuck(plain, deps.clock.now()) }
    },
    lastCheckpoint: (): Promise<Checkpoint | null> => store.lastCheckpoint(plain),
    /** Signs a text with the key that seals. */
    sign: (text: string): Promise<Signature> => sign(deps, text),
    /** Whether a key is one of those that this installation seals with. */
    isOurs: (key: Pick<ExportSeal, 'keyNumber' | 'publicKey'>): Promise<boolean> => isOurs(deps, key),
    rotateKey: (): Promise<boolean> => rotateKey(deps),
  }
}

export type Trail = ReturnType<typeof createTrail>
