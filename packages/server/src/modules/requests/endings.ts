import { toId } from '@yiduo/contract'
import { everything, programAct } from '../../kernel/act.ts'
import { type Ending, saveEnding, untoldEndings } from './ending-store.ts'
import { toldOf } from './move.ts'
import { defaultPolicy } from './policy.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

const atOnce = 100

/** What ends, by kind, and what it is called when it comes nearer. */
const ends = {
  test: { operation: 'request.test-ending', at: (row: store.RequestRow) => row.testEndsAt },
  formal: { operation: 'request.ending', at: (row: store.RequestRow) => row.expiresAt },
  purge: { operation: 'request.purge-coming', at: (row: store.RequestRow) => row.purgeAt },
} as const satisfies Record<Ending['kind'], object>

const tell = (deps: RequestDeps, it: Ending): Promise<void> => {
  const { operation, at } = ends[it.kind]
  return deps.database.transaction(programAct('ending-reconciler', operation, it.requestId), async (tx) => {
    const row = await store.lockRequest(tx, everything, it.requestId)
    // Somebody moved it, or its end, between the look and the lock.
    if (!row || at(row)?.getTime() !== it.endsAt.getTime()) return
    await saveEnding(tx, it)
    const after = { ...toldOf(row), days: it.days }
    await deps.record(tx, { on: toId('request', row.id), organisationId: row.organisationId, after })
  })
}

/** Records that ends come nearer: once for each of the days before, and anew for an end that has moved. */
export const tellEndings = (deps: RequestDeps) => async (): Promise<void> => {
  for (let found = atOnce; found === atOnce; ) {
    const endings = await untoldEndings(deps.database.plain, deps.clock.now(), {
      defaults: defaultPolicy,
      limit: atOnce,
    })
    for (const it of endings) await tell(deps, it)
    found = endings.length
  }
}
