import { fault } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'

/** One's own notices, and how they come, are everybody's who has logged in. */
export const personOf = ({ caller }: Act) => {
  if (caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return caller
}
