import type { QueryClient } from '@tanstack/react-query'
import { type Session, signOnBegin, signOnByCertificate, signOnComplete } from '@yiduo/contract'
import { createStore } from '../store.ts'
import { client } from './client.ts'
import { settleSession } from './session.ts'

/** What an issuer gave this browser on its way back; null on any other page. */
export type SignOnReturn = Readonly<Record<string, string>>

const returnPath = '/sign-on'

const returned = (): SignOnReturn | null =>
  window.location.pathname === returnPath ? Object.fromEntries(new URLSearchParams(window.location.search)) : null

/** Stands until the log-in that it belongs to is completed or given up. */
export const signOnReturn = createStore<SignOnReturn | null>(returned())

const keyOf = (state: string): string => `yiduo.sign-on.${state}`

interface Begun {
  readonly secret: string
  readonly backTo: string
}

/** Goes to the issuer; the secret stays in this window, so a link that was made elsewhere completes nothing here. */
export const signOnAt = async (provider: string): Promise<void> => {
  const { url, state, secret } = await client().call(signOnBegin, { body: { provider } })
  const begun: Begun = { secret, backTo: `${window.location.pathname}${window.location.search}` }
  sessionStorage.setItem(keyOf(state), JSON.stringify(begun))
  window.location.assign(url)
}

export const signOnWithCertificate = async (queries: QueryClient): Promise<void> => {
  await settleSession(queries, await client().call(signOnByCertificate, { body: { cookie: true } }))
}

const begunIn = (state: string): Begun | null => {
  const kept = sessionStorage.getItem(keyOf(state))
  sessionStorage.removeItem(keyOf(state))
  return kept === null ? null : (JSON.parse(kept) as Begun) // as `signOnAt` wrote it
}

/** Leaves what the issuer gave out of the address and the history. */
export const leaveSignOn = (backTo = '/'): void => {
  window.history.replaceState(null, '', backTo)
  signOnReturn.set(null)
}

/** Once for each return, however often it is drawn; null where this window did not begin it. */
const completing = new Map<string, Promise<Session | null>>()

const complete = async (parameters: SignOnReturn, state: string, queries: QueryClient): Promise<Session | null> => {
  const begun = begunIn(state)
  if (!begun) return null
  const body = { state, secret: begun.secret, parameters, cookie: true }
  const session = await client().call(signOnComplete, { body })
  await settleSession(queries, session)
  leaveSignOn(begun.backTo === returnPath ? '/' : begun.backTo)
  return session
}

export const completeSignOn = (queries: QueryClient, parameters: SignOnReturn): Promise<Session | null> => {
  const state = parameters.state ?? ''
  const running = completing.get(state) ?? complete(parameters, state, queries)
  completing.set(state, running)
  return running
}
