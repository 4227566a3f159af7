import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** An issuer of OpenID Connect that runs, and what people do at it. */
export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** Everybody it knows, by subject. */
  setAccounts(accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void>
  /** Signs on as somebody from a link, in a browser of its own, and answers what comes back to the console. */
  signOn(link: string, subject: string): Promise<SignedOn>
  /** Sends nothing any more, as if its machine were off. */
  stop(): Promise<void>
}

export interface SignedOn {
  readonly parameters: Record<string, string>
  /** Logs out at the issuer's own page. */
  logOut(): Promise<void>
  /** Logs out by a link that led there, and answers where it ends. */
  leaveBy(link: string): Promise<string>
  /** Whether the issuer knows by itself who comes in that browser. */
  isKnown(link: string): Promise<boolean>
}

const program = join(import.meta.dirname, 'issuer-process.ts')

export const clientId = 'yiduo'
export const clientSecret = 'client-secret-of-these-tests'

/** A browser as far as the issuer's plain pages need one: follows, keeps cookies, sends forms. */
const createBrowser = (issuer: string) => {
  const cookies = new Map<string, string>()
  const go = async (url: string, form?: Record<string, string>): Promise<{ url: string; page: string }> => {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const page = await answer.text()
    const next = answer.headers.get('location')
    if (next === null) return { url, page }
    const there = new URL(next, url)
    return there.href.startsWith(issuer) ? go(there.href) : { url: there.href, page: '' }
  }
  return go
}

const formIn = (page: string): string => {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
  if (action === undefined) throw new Error(`no form in what the issuer shows:\n${page.slice(0, 2_000)}`)
  return action
}

/** `home` is where the province is reached; it may come back there, and is told there who logs out. */
export const startIssuer = async (home: string, code: string): Promise<Issuer> => {
  const clients = [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${home}/sign-on`],
      post_logout_redirect_uris: [`${home}/`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      backchannel_logout_uri: `${home}/api/v1/sign-ons/${code}/back-channel-logout`,
      backchannel_logout_session_required: true,
    },
  ]
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, CLIENTS: JSON.stringify(clients) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (said += words.toString()))
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /ready: (\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`the issuer ended before it was ready:\n${said}`)))
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return {
    url,
    async setAccounts(accounts) {
      await fetch(`${url}/accounts`, { method: 'PUT', body: JSON.stringify(accounts) })
    },
    async signOn(link, subject) {
      const go = createBrowser(url)
      let at = await go(link)
      for (const form of [{ prompt: 'login', login: subject, password: 'any' }, { prompt: 'consent' }])
        if (at.url.startsWith(url)) at = await go(new URL(formIn(at.page), at.url).href, form)
      if (at.url.startsWith(url)) throw new Error(`the issuer did not send anybody back: ${at.url}\n${at.page}`)
      const leaveBy = async (way: string) => {
        const asked = await go(way)
        const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.page)?.[1] ?? ''
        return (await go(formIn(asked.page), { xsrf, logout: 'yes' })).url
      }
      return {
        parameters: Object.fromEntries(new URL(at.url).searchParams),
        logOut: async () => void (await leaveBy(`${url}/session/end`)),
        leaveBy,
        isKnown: async (way) => !(await go(way)).url.startsWith(url),
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
