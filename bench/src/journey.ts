import {
  type Client,
  type LineAsk,
  type RequestState,
  requestCreate,
  requestFailTest,
  requestSubmit,
} from '../../packages/contract/src/index.ts'

/** Follows requests by the event stream, as a console does: the server is not asked again and again meanwhile. */
export interface Watcher extends AsyncDisposable {
  /** Settles when the request is in that state; rejects when it fails on the way. To be called before what causes it. */
  reaches(requestId: string, state: RequestState): Promise<void>
}

const failed = ['delivery-failed', 'reclaim-failed', 'rejected']

export const createWatcher = async (client: Client): Promise<Watcher> => {
  const stopping = new AbortController()
  const awaited = new Map<string, (state: string) => void>()
  const follow = async () => {
    for await (const event of client.events({}, { lastEventId: '0-0', signal: stopping.signal }))
      awaited.get(event.subject)?.(String(event.data.state))
  }
  const following = follow()
  following.catch((error: unknown) => console.error(error))
  return {
    reaches: (requestId, wanted) =>
      new Promise<void>((resolve, reject) => {
        awaited.set(requestId, (state) => {
          if (state !== wanted && !failed.includes(state)) return
          awaited.delete(requestId)
          if (state === wanted) resolve()
          else reject(new Error(`the request is ${state} instead of ${wanted}`))
        })
      }),
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await following
    },
  }
}

export const draft = async (department: Client, systemId: string, line: LineAsk): Promise<string> =>
  (await department.call(requestCreate, { body: { systemId, lines: [line] } })).id

export const submit = (department: Client, requestId: string) =>
  department.call(requestSubmit, { params: { requestId }, body: {} })

/** The shortest way to have everything back. */
export const takeBack = async (department: Client, watcher: Watcher, requestId: string): Promise<void> => {
  const reclaimed = watcher.reaches(requestId, 'reclaimed')
  await department.call(requestFailTest, { params: { requestId }, body: {} })
  await reclaimed
}
