import type { Command } from '../commands/command.ts'
import { writeFields } from './write-fields.ts'

export interface Parts {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: Readonly<Record<string, unknown>>
}

/** The words after `yiduo <noun> <verb>` that say a call; the reverse of `readCommandLine`. */
export const writeCommandLine = (
  command: Command,
  { params = {}, query = {}, body = {} }: Parts,
): readonly string[] => [
  ...command.params.map(({ property }) => String(params[property])),
  ...writeFields(command.query, query),
  ...writeFields(command.body, body),
]

const plain = /^[\p{L}\p{N}_@%+=:,./-]+$/u

/** As a POSIX shell would have to be given it. */
export const shellText = (words: readonly string[]): string =>
  words.map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
