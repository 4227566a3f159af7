import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { usageError } from '../command-error.ts'
import type { CommandLine } from '../flags/command-line.ts'
import type { Values } from '../flags/read-fields.ts'
import { type Command, isUpload } from './command.ts'

interface ReadUpload {
  readonly query: Values
  readonly content?: Blob
}

/** The file of a command that sends one, read as it is sent; it is called what it is called here unless said otherwise. */
export const readUpload = async (command: Command, { query, file: path }: CommandLine): Promise<ReadUpload> => {
  if (!isUpload(command)) return { query }
  if (path === null) throw usageError('position-missing', { name: 'file' })
  try {
    return { query: { name: basename(path), ...query }, content: await openAsBlob(path) }
  } catch (error) {
    throw usageError('file-unreadable', { path, problem: error instanceof Error ? error.message : '' })
  }
}
