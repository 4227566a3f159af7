import { useQueryClient } from '@tanstack/react-query'
import { aboutGet, type Event, eventStream } from '@yiduo/contract'
import { useEffect } from 'react'
import { client } from './client.ts'
import { connection } from './connection.ts'
import { familyOf, gather } from './gather.ts'
import { useMay } from './session.ts'

/** Events come in bursts; what they make stale is asked for once. */
const gatherMs = 400
/** What sums up everything is stale with every event: it is asked for no oftener than this. */
const gatherSumsMs = 5_000
const reconnectMs = 3_000

/** What an event of one resource changes beside it. */
const families: Readonly<Record<string, readonly string[]>> = {
  operation: ['operation', 'request', 'resource', 'platform'],
  request: ['request', 'resource', 'collection', 'quota', 'home', 'inbox', 'bill', 'budget', 'attachment', 'placement'],
  collection: ['collection', 'request', 'home', 'inbox'],
  platform: ['platform', 'node', 'pool', 'home'],
  resource: ['resource', 'request'],
  server: ['resource', 'request', 'home', 'snapshot'],
  volume: ['resource', 'request', 'snapshot'],
  notice: ['notice', 'home'],
}

const staleBy = (event: Event): readonly string[] => {
  const family = familyOf(event.type)
  return [...(families[family] ?? [family]), 'notice']
}

/** While the server is away it is asked for, also where nobody waits for an answer. */
export const useReturn = (isAway: boolean): void => {
  useEffect(() => {
    if (!isAway) return
    const timer = setInterval(
      () =>
        void client()
          .call(aboutGet, {})
          .catch(() => undefined),
      reconnectMs,
    )
    return () => clearInterval(timer)
  }, [isAway])
}

/** Follows what happens and asks again for what it changes; after a broken connection, for everything that is shown. */
export const useLive = (): void => {
  const queries = useQueryClient()
  const follows = useMay()(eventStream)
  useEffect(() => {
    const over = new AbortController()
    const gathered = gather(queries, gatherMs)
    const sums = gather(queries, gatherSumsMs)
    const stopWatching = connection.subscribe(() => {
      if (connection.get() === 'online') void queries.invalidateQueries()
    })
    const follow = async () => {
      while (!over.signal.aborted) {
        try {
          for await (const event of client().events({}, { signal: over.signal })) {
            gathered.add(staleBy(event))
            sums.add(['board'])
          }
        } catch {
          // the calls of the page say what is wrong; here it is only waited for
        }
        await new Promise((resolve) => setTimeout(resolve, reconnectMs))
      }
    }
    if (follows) void follow()
    return () => {
      over.abort()
      gathered.stop()
      sums.stop()
      stopWatching()
    }
  }, [queries, follows])
}
