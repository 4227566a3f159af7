import { type Client, createClient, sessionCreate } from '@yiduo/contract'
import { password } from '../world/small-province.ts'
import type { Users } from './line.ts'

/** People of the small province over HTTP. Each signs in once; sessions outlive the server, its address does not. */
export const createUsers = (url: () => string): Users => {
  const tokens = new Map<string, Promise<string>>()
  const signIn = async (login: string): Promise<string> => {
    const session = await createClient({ baseUrl: url() }).call(sessionCreate, { body: { login, password } })
    return session.token ?? ''
  }
  const as = async (login: string): Promise<Client> => {
    const known = tokens.get(login) ?? signIn(login)
    tokens.set(login, known)
    return createClient({ baseUrl: url(), token: await known, locale: 'en' })
  }
  return { call: async (login, operation, it) => (await as(login)).call(operation, it) }
}
