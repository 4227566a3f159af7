import {
  type InfiniteData,
  keepPreviousData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import {
  type AnswerOf,
  type AnyCall,
  type CallOf,
  type OperationSpec,
  ProblemError,
  type QueryOf,
} from '@yiduo/contract'
import { useEffect, useRef } from 'react'
import { isAway } from './away.ts'
import { client } from './client.ts'
import { withStepUp } from './step-up.ts'

const longestWaitMs = 10_000
const retryDelay = (count: number): number => Math.min(1_000 * 2 ** count, longestWaitMs)

/** Reads are tried again for as long as the server is away; what it refuses is not asked twice. */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always', // “offline” of a browser says nothing of a server on the same machine
        staleTime: 10_000,
        retry: (_count, error) => isAway(error),
        retryDelay,
      },
      mutations: { networkMode: 'always' },
    },
  })

/** Asked by operation, so that an event of a resource finds what it makes stale. */
const keyOf = (operation: OperationSpec, call: AnyCall = {}) =>
  [operation.name, { params: call.params ?? {}, query: call.query ?? {}, body: call.body ?? null }] as const

export interface AnswerOptions {
  readonly enabled?: boolean
  /** Shows what was there until the new answer comes: for answers that follow what is being typed. */
  readonly keepPrevious?: boolean
  readonly refetchMs?: number
}

/** What an operation answers; shared by all that ask the same, and asked again when an event says it changed. */
export const useAnswer = <S extends OperationSpec>(
  operation: S,
  call: CallOf<S>,
  { enabled = true, keepPrevious = false, refetchMs }: AnswerOptions = {},
): UseQueryResult<AnswerOf<S>> =>
  useQuery<AnswerOf<S>>({
    queryKey: keyOf(operation, call),
    queryFn: ({ signal }) => client().call(operation, { ...call, signal }),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
  })

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}
type ItemOf<S extends OperationSpec> = AnswerOf<S> extends Page<infer T> ? T : never

const pageSize = 100

/** While rows are on their way to what they will be soon; who has scrolled further is not disturbed. */
interface Again<T> {
  readonly whileRows: (rows: readonly T[]) => boolean
  readonly everyMs: number
}

interface Asked<T> {
  readonly state: { readonly data: { readonly pages: readonly Page<T>[] } | undefined }
}

/** Pages of a list, as many as were scrolled to. */
export const usePages = <S extends OperationSpec>(
  operation: S,
  query: Omit<QueryOf<S>, 'limit' | 'cursor'>,
  { enabled = true, again }: { readonly enabled?: boolean; readonly again?: Again<ItemOf<S>> } = {},
): UseInfiniteQueryResult<InfiniteData<Page<ItemOf<S>>>> =>
  useInfiniteQuery({
    queryKey: [...keyOf(operation, { query }), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const call = { query: { ...query, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal }
      return (await client().send(operation, call)) as Page<ItemOf<S>> // every list of the contract answers pages
    },
    initialPageParam: '',
    getNextPageParam: (last: Page<ItemOf<S>>) => last.nextCursor ?? undefined,
    enabled,
    refetchInterval: ({ state: { data } }: Asked<ItemOf<S>>) =>
      again && data?.pages.length === 1 && again.whileRows(data.pages[0]?.items ?? []) ? again.everyMs : false,
  })

/** Rows of all the pages that are there; the same array for as long as they are the same. */
export const rowsOf = <T>(pages: UseInfiniteQueryResult<InfiniteData<Page<T>>>): readonly T[] =>
  pages.data?.pages.flatMap((it) => it.items) ?? []

/** Refused because what is shown is no longer so. */
const outdated: ReadonlySet<number> = new Set([404, 409, 412])

/** Not `crypto.randomUUID`: browsers offer that on https and localhost only. */
const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * An act. While the server is away it is tried again for as long as its form is open, under the same key: it takes
 * effect once. After an answer of the server, whatever it was, the next one is a new act.
 */
export const useAct = <S extends OperationSpec>(
  operation: S,
  { onDone }: { readonly onDone?: (answer: AnswerOf<S>) => void } = {},
) => {
  const key = useRef<{ readonly call: string; readonly key: string } | null>(null)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  const act = useMutation<AnswerOf<S>, Error, CallOf<S>>({
    mutationKey: [operation.name],
    mutationFn: async (call) => {
      const told = JSON.stringify([call.params, call.query, call.body])
      const again = key.current?.call === told ? key.current : null
      if (again && !isOpen.current) throw new Error('called off while the server was away')
      const asked = again ?? { call: told, key: freshKey() }
      key.current = asked
      try {
        const answer = await withStepUp(() =>
          client().call(operation, { ...call, idempotencyKey: asked.key, again: () => isOpen.current }),
        )
        key.current = null
        return answer
      } catch (error) {
        if (!isAway(error)) key.current = null
        throw error
      }
    },
    retry: (_count, error) => isAway(error) && isOpen.current,
    retryDelay,
    onError: async (error, _call, _result, { client: queries }) => {
      if (error instanceof ProblemError && outdated.has(error.problem.status)) await queries.invalidateQueries()
    },
    onSuccess: async (answer, _call, _result, { client: queries }) => {
      onDone?.(answer)
      await queries.invalidateQueries()
    },
  })
  // Said while it is still being tried.
  return { ...act, error: act.error ?? act.failureReason }
}
