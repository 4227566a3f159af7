import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import {
  type OperationSpec,
  ProblemError,
  type Session,
  sessionCreate,
  sessionGet,
  sessionLogOut,
} from '@yiduo/contract'
import { createContext, useCallback, useContext } from 'react'
import { client } from './client.ts'
import { connection, sessionState } from './connection.ts'
import { mayDo, type Needs, needsOf } from './permissions.ts'

const sessionKey = ['session'] as const

/** Nothing that one person was shown is there for another. */
const forgetAnswers = (queries: QueryClient): void =>
  queries.removeQueries({ predicate: (it) => it.queryKey[0] !== 'session' })

const forgetSession = (queries: QueryClient): void => {
  sessionState.set('none')
  connection.set('online')
  queries.setQueryData(sessionKey, null)
  forgetAnswers(queries)
}

/** All windows of a browser share its cookie: whoever comes or goes in one does so in each. */
const windows = new BroadcastChannel('yiduo.session')

/** Hears of what happens in other windows; what stands in this one could be sent in another person's name otherwise. */
export const followSession = (queries: QueryClient): void =>
  windows.addEventListener('message', ({ data }) => {
    if (data === 'left') forgetSession(queries)
    else void queries.invalidateQueries()
  })

/** Who is signed in; null is nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal, client: queries }): Promise<Session | null> => {
    try {
      const session = await client().call(sessionGet, { signal })
      const before = queries.getQueryData<Session | null>(sessionKey)
      if (before && before.person.id !== session.person.id) forgetAnswers(queries)
      sessionState.set('open')
      return session
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error
      // Where somebody was signed in, the page stays with what is in it, and the log-in comes over it.
      const before = queries.getQueryData<Session | null>(sessionKey)
      sessionState.set(before ? 'over' : 'none')
      return before ?? null
    }
  },
})

/** The session as an answer gave it: from now on everything is asked in its name. */
export const settleSession = async (queries: QueryClient, session: Session): Promise<void> => {
  const before = queries.getQueryData<Session | null>(sessionKey)
  // Another person sees nothing of what the one before had open.
  if (before?.person.id !== session.person.id) forgetAnswers(queries)
  sessionState.set('open')
  queries.setQueryData(sessionKey, session)
  windows.postMessage('entered')
  await queries.invalidateQueries({ predicate: (it) => it.queryKey[0] !== 'session' })
}

/**
 * Signs in by a cookie that no script can read. Over a page that is to go on, a session that still lacks something is
 * settled only when it does not.
 */
export const logIn = async (
  queries: QueryClient,
  { login, password, over = false }: { login: string; password: string; over?: boolean },
): Promise<Session> => {
  const session = await client().call(sessionCreate, { body: { login, password, cookie: true } })
  if (!over || session.stage === 'complete') await settleSession(queries, session)
  return session
}

/** Where to go on to log out there, if anywhere. */
const logOut = async (): Promise<string | null> => {
  try {
    return (await client().call(sessionLogOut, {})).url
  } catch (error) {
    // A session that is over already is what was asked for.
    if (error instanceof ProblemError && error.problem.status === 401) return null
    throw error
  }
}

export const useLogOut = () => {
  const queries = useQueryClient()
  return useCallback(async () => {
    const url = await logOut()
    forgetSession(queries)
    windows.postMessage('left')
    // It has to end where it was begun as well: whoever comes to this browser next would be let in there unasked.
    if (url !== null) window.location.assign(url)
  }, [queries])
}

export const SessionContext = createContext<Session | null>(null)

/** Within the pages there always is one. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('no session around this page')
  return session
}

/** What this person may do, by the server's own rules; a button of anything else is not shown. */
export const useMay = (): ((operation: Pick<OperationSpec, 'name' | 'access'>) => boolean) => {
  const session = useSession()
  return useCallback((operation) => mayDo(session, operation), [session])
}

/** Whether one of the operations that a page needs is allowed. */
export const useMayOpen = (): ((needs: Needs | undefined) => boolean) => {
  const may = useMay()
  return (needs) => needsOf(needs).length === 0 || needsOf(needs).some(may)
}
