import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import {
  type OperationSpec,
  ProblemError,
  type Session,
  sessionCreate,
  sessionDelete,
  sessionGet,
} from '@yiduo/contract'
import { createContext, useCallback, useContext } from 'react'
import { client } from './client.ts'
import { connection, sessionState } from './connection.ts'
import { mayDo, type Needs, needsOf } from './permissions.ts'

const sessionKey = ['session'] as const

/** Who is signed in; null is nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal, client: queries }): Promise<Session | null> => {
    try {
      const session = await client().call(sessionGet, { signal })
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

/** Signs in by a cookie that no script can read. */
export const logIn = async (queries: QueryClient, login: string, password: string): Promise<Session> => {
  const session = await client().call(sessionCreate, { body: { login, password, cookie: true } })
  const before = queries.getQueryData<Session | null>(sessionKey)
  // Another person sees nothing of what the one before had open.
  if (before?.person.id !== session.person.id)
    queries.removeQueries({ predicate: (it) => it.queryKey[0] !== 'session' })
  sessionState.set('open')
  queries.setQueryData(sessionKey, session)
  await queries.invalidateQueries({ predicate: (it) => it.queryKey[0] !== 'session' })
  return session
}

export const useLogOut = () => {
  const queries = useQueryClient()
  return useCallback(async () => {
    await client().call(sessionDelete, {})
    sessionState.set('none')
    connection.set('online')
    queries.setQueryData(sessionKey, null)
    queries.removeQueries({ predicate: (it) => it.queryKey[0] !== 'session' })
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
