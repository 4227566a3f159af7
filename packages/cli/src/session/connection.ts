import { type Client, createClient, type Locale } from '@yiduo/contract'
import type { Config } from '../config.ts'
import { loadProfile } from './profile.ts'

export const defaultUrl = 'http://localhost:7070'

export interface Connection {
  readonly url: string
  readonly client: Client
}

const sameServer = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '')

/** The server that is meant, and our token there. A stored token goes to the server that gave it and to no other. */
export const connect = async (
  config: Config,
  given: { url: string | undefined; locale: Locale },
): Promise<Connection> => {
  const profile = await loadProfile(config.profilePath)
  const url = given.url ?? config.url ?? profile?.url ?? defaultUrl
  const token = config.token ?? (profile && sameServer(profile.url, url) ? profile.token : null)
  return { url, client: createClient({ baseUrl: url, locale: given.locale, ...(token === null ? {} : { token }) }) }
}
