import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { readConfig } from '../src/config.ts'
import { run } from '../src/run.ts'
import { recordingTerminal } from './loopback.ts'

/** Streams and polls faster than a person would look, so that a test waits for conditions only. */
const pace = { streamingMs: 60_000, pollingMs: 1 }

/** Command lines as a person gives them, in a home of their own for each test of the file. */
export const createYiduo = () => {
  let home = ''
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'yiduo-cli-'))
  })
  afterEach(() => rmSync(home, { recursive: true }))
  const yiduo = async (
    args: readonly string[],
    environment: Record<string, string> = {},
    answers?: readonly string[],
  ) => {
    const { terminal, printed, noted, prompts } = recordingTerminal(answers)
    const config = readConfig({ LANG: 'en_GB.UTF-8', ...environment }, home)
    const code = await run(args, { config, terminal, pace })
    return { code, out: printed(), err: noted(), prompts }
  }
  return { yiduo, home: () => home }
}

export const ids = {
  org: 'org_01ja8kz5v0e8y9m2n4p6q8r0st',
  org2: 'org_02ja8kz5v0e8y9m2n4p6q8r0st',
  sys: 'sys_01ja8kz5v0e8y9m2n4p6q8r0st',
  pln: 'pln_01ja8kz5v0e8y9m2n4p6q8r0st',
  req: 'req_01ja8kz5v0e8y9m2n4p6q8r0st',
  req2: 'req_02ja8kz5v0e8y9m2n4p6q8r0st',
  opn: 'opn_01ja8kz5v0e8y9m2n4p6q8r0st',
  opn2: 'opn_02ja8kz5v0e8y9m2n4p6q8r0st',
  plt: 'plt_01ja8kz5v0e8y9m2n4p6q8r0st',
}
