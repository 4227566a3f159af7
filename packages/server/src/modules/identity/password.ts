import { hash, verify } from '@node-rs/argon2'
import { fault } from '@yiduo/contract'
import { FaultError } from '../../kernel/refusal.ts'

/** What guessing one password costs; memory in KiB. */
export interface PasswordCost {
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

/** argon2id, 64 MiB, off the event loop (the library's own thread pool). */
const fullCost: PasswordCost = { memoryCost: 65_536, timeCost: 2, parallelism: 1 }

export interface Passwords {
  hash(password: string): Promise<string>
  /** No hash, or an empty one, is of nobody: false, after as long as a wrong password takes. */
  verify(passwordHash: string | null, password: string): Promise<boolean>
}

/**
 * The thread pool that hashes reads files and resolves names as well. So many hashes are under way at once, so many more
 * wait, and whoever comes behind these is asked to come again: a flood of log-ins stops nothing but log-ins.
 */
const atOnce = 2
const waitingAtMost = 100

const createGate = () => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(hashing: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new FaultError(fault('too-many-requests', { seconds: 10 }))
      await new Promise<void>((resolve) => void waiting.push(resolve)) // whoever goes leaves their place to this one
    } else running += 1
    try {
      return await hashing()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

export const createPasswords = (cost: PasswordCost = fullCost): Passwords => {
  const through = createGate()
  const hashed = (password: string) => hash(password.normalize('NFC'), { ...cost })
  // A name that does not exist costs as much as a wrong password, so that names cannot be guessed by timing.
  let decoy: Promise<string> | null = null
  return {
    hash: (password) => through(() => hashed(password)),
    verify: (passwordHash, password) =>
      through(async () => {
        decoy ??= hashed('no such person')
        const matches = await verify(passwordHash || (await decoy), password.normalize('NFC'))
        return matches && Boolean(passwordHash)
      }),
  }
}
