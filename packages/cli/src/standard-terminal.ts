import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Terminal } from './terminal.ts'

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** One line typed by a person. Where it is a secret, readline's own echo goes nowhere. */
const askPerson = (prompt: string, secret: boolean): Promise<string | null> =>
  new Promise((resolve) => {
    process.stderr.write(prompt)
    const lines = createInterface({ input: process.stdin, output: secret ? nowhere() : process.stderr, terminal: true })
    let answer: string | null = null
    lines.on('line', (line) => {
      answer = line
      lines.close()
    })
    lines.on('SIGINT', () => {
      process.stderr.write('\n')
      process.exit(130)
    })
    lines.on('close', () => {
      if (secret) process.stderr.write('\n')
      resolve(answer)
    })
  })

/** Lines of a pipe, one after the other. */
const createLines = () => {
  let lines: Interface | undefined
  let iterator: AsyncIterator<string> | undefined
  return async (): Promise<string | null> => {
    lines ??= createInterface({ input: process.stdin })
    iterator ??= lines[Symbol.asyncIterator]()
    const { done, value } = await iterator.next()
    return done ? null : value
  }
}

export const createStandardTerminal = (): Terminal => {
  const interactive = process.stdin.isTTY === true
  const nextLine = createLines()
  return {
    interactive,
    print: (text) => void process.stdout.write(`${text}\n`),
    write: (chunk) => void process.stdout.write(chunk),
    note: (text) => void process.stderr.write(`${text}\n`),
    ask: (prompt, { secret = false } = {}) => (interactive ? askPerson(prompt, secret) : nextLine()),
  }
}
