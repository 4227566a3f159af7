/**
 * A real issuer of OpenID Connect in a process of its own. It reads its clients from the environment; who has which
 * claims is put to /accounts, for people move and lose roles while the issuer runs.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Provider } from 'oidc-provider'

interface Account {
  readonly [claim: string]: unknown
}

const accounts = new Map<string, Account>()
const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients: JSON.parse(process.env.CLIENTS ?? '[]'),
  findAccount: (_context, id) => {
    const claims = accounts.get(id)
    return claims && { accountId: id, claims: async () => ({ sub: id, ...claims }) }
  },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], province: ['department', 'groups'] },
  scopes: ['openid', 'profile', 'province'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  // Its own refuses this machine, where the console of these tests is.
  fetch: (url, { dispatcher: _, ...options } = {}) => fetch(url, options),
  cookies: { keys: ['for-tests-only'] },
})
provider.on('backchannel.error', (_context, error) => console.error(error))
const answer = provider.callback()
server.on('request', (request, response) => {
  if (request.url !== '/accounts') return void answer(request, response)
  void text(request).then((body) => {
    accounts.clear()
    for (const [id, claims] of Object.entries(JSON.parse(body) as Record<string, Account>)) accounts.set(id, claims)
    response.end()
  })
})
console.log(`ready: ${issuer}`)
