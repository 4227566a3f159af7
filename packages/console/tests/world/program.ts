import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** Runs a program beside the server that runs, on its database; what it prints, or complains of. */
export const run = async (program: string, ...words: readonly string[]): Promise<string> => {
  const env = { PATH: process.env.PATH, YIDUO_DATA: inject('dataFolder'), YIDUO_LOG_LEVEL: 'error' }
  const done = promisify(execFile)(process.execPath, [program, ...words], { cwd: root, env })
  const { stdout, stderr } = await done.catch((failed: { stdout: string; stderr: string }) => failed)
  return stdout + stderr
}
