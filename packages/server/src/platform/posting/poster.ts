import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { createAddressRule, isLoopback } from './addresses.ts'

export type Posted = { readonly kind: 'delivered' } | { readonly kind: 'failed'; readonly problem: string }

export interface Poster {
  /** Why nothing is posted there, or null. Names are judged again by their addresses when it is posted. */
  refusalOf(url: string): string | null
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted>
}

/** What a name leads to, as the system says; tests say it themselves. */
export type Resolve = (
  hostname: string,
  settle: (error: NodeJS.ErrnoException | null, found: readonly LookupAddress[]) => void,
) => void

const systemResolve: Resolve = (hostname, settle) => systemLookup(hostname, { all: true }, settle)

const limitMs = 15_000

/** Without the brackets of an IPv6 one. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

const parse = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

/**
 * Posts to addresses that users name. What they must not reach through us is judged by the address that the connection
 * really goes to, not by the name: a name may answer differently when it is asked again.
 */
export const createPoster = (allowedNetworks: readonly string[], resolve: Resolve = systemResolve): Poster => {
  const mayReach = createAddressRule(allowedNetworks)

  const lookup: LookupFunction = (hostname, { all }, callback) =>
    resolve(hostname, (error, found) => {
      const [first] = found ?? []
      const barred = error ? undefined : found.find(({ address }) => !mayReach(address))
      if (error || !first) callback(error ?? new Error(`${hostname} leads nowhere`), '', 0)
      else if (barred) callback(new Error(`${barred.address} is a private address`), '', 0)
      else if (all) callback(null, [...found])
      else callback(null, first.address, first.family)
    })

  const refusalOf = (text: string): string | null => {
    const url = parse(text)
    if (!url) return 'not a URL'
    if (url.username !== '' || url.password !== '') return 'a name or password in it'
    if (url.hash !== '') return 'a fragment in it'
    const host = hostOf(url)
    const isLocal = host === 'localhost' || (isIP(host) !== 0 && isLoopback(host))
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) return 'not https'
    if (isIP(host) !== 0 && !mayReach(host)) return `${host} is a private address`
    return host === 'localhost' && !mayReach('127.0.0.1') ? 'localhost is a private address' : null
  }

  const send = (url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<Posted> =>
    new Promise((settle) => {
      const request = url.protocol === 'https:' ? requestSecure : requestPlain
      const failed = (error: Error) => settle({ kind: 'failed', problem: error.message })
      const signal = AbortSignal.timeout(limitMs)
      const outgoing = request(url, { method: 'POST', headers, lookup, signal, agent: false }, (answer) => {
        const status = answer.statusCode ?? 0
        const isTaken = status >= 200 && status < 300
        // A redirect leads to where nobody has judged: it is an answer like any other that is not 2xx.
        settle(isTaken ? { kind: 'delivered' } : { kind: 'failed', problem: `HTTP ${status}` })
        answer.destroy() // what else it says is nothing to us, however long
      })
      outgoing.on('error', failed)
      outgoing.end(body)
    })

  return {
    refusalOf,
    async post(text, headers, body) {
      const problem = refusalOf(text)
      if (problem !== null) return { kind: 'failed', problem }
      const length = Buffer.byteLength(body)
      return send(
        new URL(text),
        { 'content-type': 'application/json', 'content-length': String(length), 'user-agent': 'yiduo', ...headers },
        body,
      )
    },
  }
}
