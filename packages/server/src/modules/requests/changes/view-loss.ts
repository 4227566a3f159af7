import { type ChangeQuote, toId } from '@yiduo/contract'
import type { ResourceRow } from '../../resources/index.ts'

/** A thing that will be gone for good. */
export const viewLoss = ({ id, kind, name, desired }: ResourceRow): ChangeQuote['losses'][number] => ({
  resourceId: toId(kind, id),
  kind,
  name,
  sizeGib: desired.sizeGib ?? desired.diskGib ?? null,
})
