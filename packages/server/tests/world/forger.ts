import { once } from 'node:events'
import { createServer } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { clientId } from './issuer.ts'

/** What a token says in place of what it should; undefined leaves a claim out. */
export type Forged = Record<string, unknown>

/** Speaks as an issuer does, and says whatever a test wants said: for what no honest issuer would send. */
export interface Forger extends AsyncDisposable {
  readonly url: string
  /** The next answer of the token endpoint, for a log-in with that nonce. */
  answerWith(token: string | null): void
  /** How often something of it was asked for: `/keys`. */
  asked(path: string): number
  /** An ID token or a logout token, right but for what is given. */
  sign(claims: Forged, it?: { readonly foreignKey?: boolean; readonly algorithm?: 'none' }): Promise<string>
}

const encoded = (it: object): string => Buffer.from(JSON.stringify(it)).toString('base64url')

const defined = (claims: Forged): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))

export const startForger = async (): Promise<Forger> => {
  const own = await generateKeyPair('RS256')
  const foreign = await generateKeyPair('RS256')
  const keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] }
  let idToken: string | null = null
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: url,
        authorization_endpoint: `${url}/authorise`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/keys': keys,
      '/token': { access_token: 'opaque', token_type: 'Bearer', ...(idToken ? { id_token: idToken } : {}) },
    }
    const answer = answers[request.url ?? '']
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const signBy = (key: CryptoKey, claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key)
  return {
    url,
    answerWith: (token) => {
      idToken = token
    },
    asked: (path) => asked.filter((it) => it === path).length,
    sign: async (claims, { foreignKey = false, algorithm } = {}) => {
      const seconds = Math.floor(Date.now() / 1_000)
      const all = defined({ iss: url, aud: clientId, iat: seconds, exp: seconds + 300, ...claims })
      if (algorithm) return `${encoded({ alg: algorithm })}.${encoded(all)}.`
      return signBy(foreignKey ? foreign.privateKey : own.privateKey, all)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
