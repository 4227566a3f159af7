import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Check } from './check.ts'
import { root } from './source-files.ts'

const bin = join(root, 'node_modules', '.bin')

/** A tool of its own that prints complaints and exits non-zero. */
export const commandCheck = (name: string, command: string, args: readonly string[], remedy: string): Check => ({
  name,
  remedy,
  run: async () => {
    const child = spawn(join(bin, command), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    })
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    const [words, faults, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return code === 0 ? [] : [`${words}${faults}`.trim() || `${command} exited with ${code}`]
  },
})
