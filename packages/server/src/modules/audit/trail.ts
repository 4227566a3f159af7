import * as store from './chain-store.ts'
import type { Checkpoint } from './checkpoint.ts'
import { isOurs, sign } from './keys.ts'
import { rotateKey, type SealDeps, sealWaiting } from './seal.ts'
import type { ExportSeal } from './seal-export.ts'
import { type Verification, type VerifyAsk, verify } from './verify.ts'

/** The trail as a chain with its seals, for whoever seals it, verifies it or keeps its checkpoints. */
export const createTrail = (deps: SealDeps) => ({
  seal: (): Promise<void> => sealWaiting(deps),
  verify: (ask?: VerifyAsk): Promise<Verification> => verify(deps, ask),
  lastCheckpoint: (): Promise<Checkpoint | null> => store.lastCheckpoint(deps.database.plain),
  /** Signs a text with the key that seals. */
  sign: (text: string): Promise<Omit<ExportSeal, 'sm3'>> => sign(deps, text),
  /** Whether a key is one of those that this installation seals with. */
  isOurs: (key: Pick<ExportSeal, 'keyNumber' | 'publicKey'>): Promise<boolean> => isOurs(deps, key),
  rotateKey: (): Promise<boolean> => rotateKey(deps),
})

export type Trail = ReturnType<typeof createTrail>
