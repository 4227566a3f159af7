import { createHash, randomBytes } from 'node:crypto'

/** As long as a page takes to connect to what it has just asked for. */
export const ticketLifetimeMs = 30_000

export interface ConsoleLimits {
  /** How often it is asked whether the one at the console may still be there, and is there at all. */
  readonly beatMs: number
  /** Nothing passed either way for so long. */
  readonly idleMinutes: number
  readonly openHours: number
  readonly ofPerson: number
  readonly ofProcess: number
}

export const consoleLimits: ConsoleLimits = {
  beatMs: 5_000,
  idleMinutes: 15,
  openHours: 12,
  ofPerson: 10,
  ofProcess: 200,
}

export const newToken = (): string => `yct_${randomBytes(32).toString('base64url')}`
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
