import { done, type Failure, failure, type Outcome, type Removal } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { deleteById, findRemovable, type RemovableKind, type RemovableRow } from './store.ts'

/** Everything but a server is gone at once. */
export const removeNow = async (
  call: SimCall,
  kind: RemovableKind,
  what: Pick<Removal, 'mark' | 'externalId'> & { readonly projectId: string | null },
): Promise<Outcome<null>> => {
  const row = await findRemovable(call.database, call.cloud.name, kind, what)
  if (row === null) return done(null)
  const refusal = notOurs(row, what.mark, call.markPrefix) ?? stillInUse(kind, row)
  if (refusal) return refusal
  await deleteById(call.database, call.cloud.name, kind, row.id)
  return done(null)
}

/** What does not carry the caller's mark is never touched, even when its id was given. */
export const notOurs = (row: { readonly mark: string | null }, mark: string, prefix: string): Failure | null =>
  row.mark === mark && mark.startsWith(prefix)
    ? null
    : failure('permanent', 'cloud-request-refused', `It carries the mark ${row.mark ?? '(none)'}, not ${mark}`)

const stillInUse = (kind: RemovableKind, { id, busy }: RemovableRow): Failure | null =>
  busy ? failure('permanent', 'cloud-conflict', `The ${kind} ${id} is still in use (HTTP 409)`) : null
