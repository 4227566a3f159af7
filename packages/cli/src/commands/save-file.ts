import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Writable } from 'node:stream'
import type { FileContent } from '@yiduo/contract'
import { usageError } from '../command-error.ts'
import { exitCodes } from '../exit-code.ts'
import type { World } from '../world.ts'

/** Stands there whole or not at all: an older file of that name stays until the new one has come. */
const keep = async ({ content }: FileContent, path: string): Promise<void> => {
  const partial = `${path}.part`
  try {
    await content.pipeTo(Writable.toWeb(createWriteStream(partial)))
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw usageError('file-unwritable', { path, problem: error instanceof Error ? error.message : '' })
  }
}

/** Writes an answered file where it was asked for, or to standard output. */
export const saveFile = async (file: FileContent, path: string | null, { terminal, say }: World): Promise<number> => {
  if (path === null || path === '-') {
    for await (const chunk of file.content) terminal.write(chunk)
    return exitCodes.ok
  }
  await keep(file, path)
  terminal.note(say('file-kept', { path }))
  return exitCodes.ok
}
