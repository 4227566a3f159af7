import { homedir } from 'node:os'
import { resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

export class ConfigError extends Error {}

/** `~` is the home folder; relative to where the program was started. */
export const path = (text: string): string => resolve(text.replace(/^~(?=\/|$)/, homedir()))

export const environment: Environment = process.env
