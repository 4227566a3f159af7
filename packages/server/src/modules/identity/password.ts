import { hash, verify } from '@node-rs/argon2'

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

export const createPasswords = (cost: PasswordCost = fullCost): Passwords => {
  const hashed = (password: string) => hash(password.normalize('NFC'), { ...cost })
  // A name that does not exist costs as much as a wrong password, so that names cannot be guessed by timing.
  let decoy: Promise<string> | null = null
  return {
    hash: hashed,
    async verify(passwordHash, password) {
      decoy ??= hashed('no such person')
      const matches = await verify(passwordHash || (await decoy), password.normalize('NFC'))
      return matches && Boolean(passwordHash)
    },
  }
}
