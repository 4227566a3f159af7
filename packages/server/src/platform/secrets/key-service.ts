import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** A program and its arguments. */
export type Command = readonly [program: string, ...arguments_: string[]]

const limitMs = 30_000
const wordsLimit = 300

/**
 * Starts the program with `wrap` or `unwrap` and the data key's id behind its own arguments, gives it one line of base64
 * and takes one back: a few lines of shell put the tool of any hardware module behind it.
 *
 * @throws Error with the program's own words where it fails; what it was given and gave is never repeated
 */
export const askKeyService = async (
  [program, ...arguments_]: Command,
  verb: 'wrap' | 'unwrap',
  keyId: string,
  given: Buffer,
): Promise<Buffer> => {
  const child = spawn(program, [...arguments_, verb, keyId], { timeout: limitMs, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code === 0 ? '' : `ended with ${signal ?? code}`))
  })
  child.stdin.on('error', () => undefined) // one that reads nothing says why by how it ends
  child.stdin.end(`${given.toString('base64')}\n`)
  const [out, words] = await Promise.all([text(child.stdout), text(child.stderr)])
  const problem = await ended
  const answer = out.trim()
  if (problem === '' && /^[A-Za-z0-9+/]+={0,2}$/.test(answer)) return Buffer.from(answer, 'base64')
  const why = problem || 'answered something else than one line of base64'
  throw new Error(`the key service ${program} could not ${verb} ${keyId}: ${why} ${words.slice(0, wordsLimit)}`.trim())
}
