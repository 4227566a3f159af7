import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from './database.ts'

/** What outlives a process: its database, and the folder with its keys. */
export interface Ground extends AsyncDisposable {
  readonly databaseUrl: string
  readonly folder: string
}

export const createGround = async (): Promise<Ground> => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-world-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const kept = stack.move()
  return { databaseUrl: database.url, folder, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
