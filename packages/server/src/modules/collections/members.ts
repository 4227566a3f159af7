import { fromId, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CollectionDeps } from './service.ts'
import type { CollectionRow } from './store.ts'

/** What keeps a request out of a collection. */
const obstacle = (
  member: {
    state: string
    bureauOrganisationId: string | null
    operatorOrganisationId: string
    collectionId: string | null
  },
  into: CollectionRow,
): string | null => {
  if (member.collectionId === into.id) return null
  if (member.collectionId !== null) return 'in-another-collection'
  if (member.state !== 'collecting' || member.bureauOrganisationId !== into.bureauOrganisationId)
    return 'not-waiting-here'
  return member.operatorOrganisationId === into.operatorOrganisationId ? null : 'of-another-operator'
}

/** Makes these requests what the collection holds: new ones go in, those left out wait at the bureau again. */
export const fillWith = async (
  deps: CollectionDeps,
  tx: Tx,
  act: Act,
  row: CollectionRow,
  requestIds: readonly string[],
): Promise<Refusal | null> => {
  const wanted = new Set(requestIds.flatMap((id) => fromId('request', id) ?? []))
  for (const member of await deps.members.lockAll(tx, row.id))
    if (!wanted.has(member.id)) {
      const released = await deps.members.release(tx, member)
      if (isRefusal(released)) return released
    }
  // One order for everybody: two who collect the same requests wait for each other, they do not lock each other out.
  for (const uuid of [...wanted].sort()) {
    const id = toId('request', uuid)
    const member = await deps.members.lock(tx, act, id)
    if (!member) return refuse('not-found')
    const reason = obstacle(member, row)
    if (reason) return refuse('request-not-collectable', { request: id, reason })
    if (member.collectionId === row.id) continue
    const put = await deps.members.consolidate(tx, member, row.id)
    if (isRefusal(put)) return put
  }
  return deps.members.tooLarge(tx, row.id)
}
