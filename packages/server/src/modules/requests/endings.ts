import { toId } from '@yiduo/contract'
import { everything, programAct } from '../../kernel/act.ts'
import { type Ending, saveEnding, untoldEndings } from './ending-store.ts'
import { endingDays } from './model.ts'
import { toldOf } from './move.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

const atOnce = 100

const endOf = (row: store.RequestRow, kind: Ending['kind']): Date | null =>
  kind === 'test' ? row.testEndsAt : row.expiresAt

const tell = (deps: RequestDeps, it: Ending): Promise<void> => {
  const operation = it.kind === 'test' ? 'request.test-ending' : 'request.ending'
  return deps.database.transaction(programAct('ending-reconciler', operation, it.requestId), async (tx) => {
    const row = await store.lockRequest(tx, everything, it.requestId)
    // Somebody moved it, or its end, between the look and the lock.
    if (!row || endOf(row, it.kind)?.getTime() !== it.endsAt.getTime()) return
    await saveEnding(tx, it)
    const after = { ...toldOf(row), days: it.days }
    await deps.record(tx, { on: toId('request', row.id), organisationId: row.organisationId, after })
  })
}

/** Records that ends come nearer: once for each of the days before, and anew for an end that has moved. */
export const tellEndings = (deps: RequestDeps) => async (): Promise<void> => {
  for (let found = atOnce; found === atOnce; ) {
    const endings = await untoldEndings(deps.database.plain, deps.clock.now(), { ...endingDays, limit: atOnce })
    for (const it of endings) await tell(deps, it)
    found = endings.length
  }
}
