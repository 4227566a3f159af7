import { type Client, createClient } from '@yiduo/contract'
import { localePreference } from '../preferences.ts'
import { isOfProxy } from './away.ts'
import { connection, sessionState } from './connection.ts'

/** Notes on the way what every answer says of the server and of the session. */
const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const answer = await fetch(input, init)
    // A proxy in front answers for a server that is away.
    connection.set(isOfProxy(answer) ? 'lost' : 'online')
    if (answer.status === 401 && !String(input).endsWith('/sessions') && sessionState.get() === 'open')
      sessionState.set('over')
    return answer
  } catch (error) {
    if (!init?.signal?.aborted || isTimeout(init.signal)) connection.set('lost')
    throw error
  }
}

const isTimeout = (signal: AbortSignal): boolean =>
  signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'

const make = (): Client => createClient({ baseUrl: '', locale: localePreference.get(), fetch: watchedFetch })

let current = make()
localePreference.subscribe(() => {
  current = make()
})

/** The client in the language that is chosen now. */
export const client = (): Client => current
