import { hash, verify } from '@node-rs/argon2'

/** argon2id, 64 MiB, off the event loop (the library's own thread pool). */
const options = { memoryCost: 65_536, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), options)

/** A name that does not exist costs as much as a wrong password, so that names cannot be guessed by timing. */
let decoy: Promise<string> | null = null
export const verifyPassword = async (passwordHash: string | null, password: string): Promise<boolean> => {
  decoy ??= hash('no such person', options)
  const matches = await verify(passwordHash ?? (await decoy), password.normalize('NFC'), options)
  return matches && passwordHash !== null
}
