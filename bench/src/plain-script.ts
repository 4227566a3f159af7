import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface ScriptAsk {
  readonly name: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly volumeGib: number
  readonly imageName: string
}

/** The plain script in a Python process that lives through all rounds. */
export interface PlainScript extends AsyncDisposable {
  /** Makes everything, then removes it; answers what the making alone took, by the script's own clock. */
  make(ask: ScriptAsk): Promise<number>
}

const file = fileURLToPath(new URL('./plain_script.py', import.meta.url))

export const startPlainScript = async (): Promise<PlainScript> => {
  // PYTHONPATH may lead the system's Python to other packages than its own.
  const { PYTHONPATH: _unset, YIDUO_PYTHON: python = '/usr/bin/python3', ...env } = process.env
  const child = spawn(python, ['-W', 'ignore', file], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<{ ms?: number }> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the plain script has ended')
    return JSON.parse(value) as { ms?: number } // what plain_script.py prints
  }
  await answer()
  return {
    make: async (ask) => {
      child.stdin.write(`${JSON.stringify(ask)}\n`)
      return (await answer()).ms ?? Number.NaN
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await ended
    },
  }
}
