import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../../server/tests/world/slapd-process.ts')

/** Skipped where there is no slapd, unless YIDUO_SLAPD_REQUIRED=1 says that there must be one. */
export const withoutSlapd = !existsSync('/usr/sbin/slapd') && process.env.YIDUO_SLAPD_REQUIRED !== '1'

/** How the directory is reached, and what its one group is called there. */
export interface Directory extends AsyncDisposable {
  readonly url: string
  readonly bindDn: string
  readonly password: string
  readonly baseDn: string
  readonly group: string
}

interface Entered {
  readonly uid: string
  readonly cn: string
  readonly ou: string
  readonly password: string
}

/** A real directory with some people in it, all of one group. */
export const startDirectory = async (...people: Entered[]): Promise<Directory> => {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, PEOPLE: JSON.stringify(people) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const told = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (words: Buffer) => {
      said += words.toString()
      const found = /ready: (.+)\n/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void exit.then(() => reject(new Error(`the directory ended before it was ready:\n${said}`)))
  })
  return {
    ...(JSON.parse(told) as Omit<Directory, keyof AsyncDisposable>), // as the program says it
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await exit
    },
  }
}
