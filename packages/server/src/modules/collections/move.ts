import { fromId, toId } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { advance, type CollectionEvent } from './model.ts'
import type { CollectionDeps } from './service.ts'
import * as store from './store.ts'

/** Moves a collection by its table, with its audit entry and its event. */
export const move = async (
  deps: CollectionDeps,
  tx: Tx,
  row: store.CollectionRow,
  it: { event: CollectionEvent; remark: string; sentBy?: string | null },
): Promise<store.CollectionRow | Refusal> => {
  const state = advance(row.state, it.event)
  if (state === null) return refuse('step-not-allowed', { event: it.event, state: row.state })
  const sentBy = it.sentBy === undefined ? row.sentBy : it.sentBy
  const moved = { ...row, state, sentBy, revision: row.revision + 1, updatedAt: deps.clock.now() }
  await store.updateCollection(tx, moved)
  await deps.record(tx, {
    as: `collection.${it.event}`,
    on: toId('collection', row.id),
    organisationId: row.bureauOrganisationId,
    before: { state: row.state },
    after: { state, remark: it.remark },
  })
  return moved
}

/** A collection the act reaches, or one that waits for a decision the caller may take. */
export const lockReached = async (
  deps: CollectionDeps,
  tx: Tx,
  act: Act,
  id: string,
): Promise<store.CollectionRow | null> => {
  const uuid = fromId('collection', id)
  if (!uuid) return null
  const row = await store.lockCollection(tx, act.scope, uuid)
  if (row) return row
  return (await deps.approvals.concerns(tx, act, uuid)) ? store.lockCollection(tx, everything, uuid) : null
}
