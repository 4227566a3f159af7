import { type Client, createClient, type Locale } from '@yiduo/contract'
import type { Config } from '../config.ts'
import { loadProfile, saveProfile } from './profile.ts'

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

const isSession = (answer: unknown): answer is { readonly token: string } =>
  typeof answer === 'object' &&
  answer !== null &&
  'stage' in answer &&
  'token' in answer &&
  typeof answer.token === 'string'

/** A session that may do more than before has a new token: it is kept in place of the one that was stored. */
export const keepToken = async (config: Config, url: string, answer: unknown): Promise<unknown> => {
  const profile = await loadProfile(config.profilePath)
  if (!isSession(answer) || config.token || !profile || !sameServer(profile.url, url)) return answer
  const { token, ...session } = answer
  await saveProfile(config.profilePath, { ...profile, token })
  return session
}
