import { monotonicMs } from '../../kernel/clock.ts'
import type { Database } from '../../platform/database/index.ts'
import type { EntryRow } from './session-store.ts'

/** However deaf this process has become, nobody is taken for more than they are for longer than that. */
const keptMs = 1_000
/** More people than ask within a second. */
const most = 10_000

/**
 * Who is behind a token, as it was read a moment ago. All is forgotten whenever anybody's sessions, grants or posts
 * change (ADR 0035), so that most requests need not read them again.
 */
export interface EntryMemory {
  recall(token: string): EntryRow | null
  /** Reads it, and keeps it unless something changed meanwhile. */
  read(token: string, read: () => Promise<EntryRow | null>): Promise<EntryRow | null>
}

export const createEntryMemory = (database: Pick<Database, 'onAuthorityChanged'>): EntryMemory => {
  const known = new Map<string, { readonly row: EntryRow; readonly at: number }>()
  let changes = 0
  database.onAuthorityChanged(() => {
    changes += 1
    known.clear()
  })
  return {
    recall(token) {
      const it = known.get(token)
      return it && monotonicMs() - it.at < keptMs ? it.row : null
    },
    async read(token, read) {
      const [before, at] = [changes, monotonicMs()]
      const row = await read()
      if (row === null || changes !== before) return row
      if (known.size >= most) known.clear()
      known.set(token, { row, at })
      return row
    },
  }
}
