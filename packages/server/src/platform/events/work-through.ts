import type { Database, Tx } from '../database/index.ts'
import { type EventRow, eventsAfter, keepPlace, lockPlace, placeOf } from './store.ts'

const batch = 500

/**
 * Works through the stream once, for a reader who keeps the place in the database: what is made of events and how far
 * they were read are one commit, so a crash neither skips an event nor works on one twice.
 */
export const workThrough = async (
  database: Database,
  reader: string,
  work: (tx: Tx, events: readonly EventRow[]) => Promise<void>,
): Promise<void> => {
  for (let read = batch; read === batch; ) {
    // Nothing new is what it mostly comes to: that should cost no transaction.
    const [first] = await eventsAfter(database.plain, await placeOf(database.plain, reader), 1)
    if (!first) return
    read = await database.unrecorded(async (tx) => {
      const events = await eventsAfter(tx, await lockPlace(tx, reader), batch)
      const last = events.at(-1)
      if (!last) return 0
      await work(tx, events)
      await keepPlace(tx, reader, last)
      return events.length
    })
  }
}
