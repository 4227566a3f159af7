import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../../server/tests/world/issuer-process.ts')

export const client = { id: 'yiduo', secret: 'client-secret-of-these-tests' } as const

export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** Everybody it knows, by subject. */
  setAccounts(accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void>
}

/** A real issuer of OpenID Connect, which sends people back to the console at `home`. */
export const startIssuer = async (home: string): Promise<Issuer> => {
  const clients = [
    {
      ...{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${home}/sign-on`] },
      post_logout_redirect_uris: [`${home}/`],
      ...{ response_types: ['code'], grant_types: ['authorization_code'] },
    },
  ]
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, CLIENTS: JSON.stringify(clients) },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (words: Buffer) => {
      said += words.toString()
      const found = /ready: (\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void exit.then(() => reject(new Error(`the issuer ended before it was ready:\n${said}`)))
  })
  return {
    url,
    async setAccounts(accounts) {
      await fetch(`${url}/accounts`, { method: 'PUT', body: JSON.stringify(accounts) })
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
