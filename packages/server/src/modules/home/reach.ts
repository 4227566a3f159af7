import type { ActName } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { scopeOf } from '../../platform/http/index.ts'

/** What waits is counted so far; whoever has more of it knows it is too much. */
export const countedAtMost = 100
/** One more tells that there are more. */
export const queueLimit = countedAtMost + 1

/** The act as far as the caller may do something else. */
export const actWith = ({ clock }: { readonly clock: Clock }, act: Act, permission: ActName): Act =>
  act.caller.kind === 'person'
    ? { ...act, operation: permission, scope: scopeOf(act.caller.grants, permission, clock.now()) }
    : act

export const isReaching = ({ scope }: Act): boolean =>
  scope.all || scope.subtrees.length > 0 || scope.organisations.length > 0
