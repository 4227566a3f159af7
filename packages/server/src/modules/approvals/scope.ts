import type { Act, HeldGrant, Scope } from '../../kernel/act.ts'
import { scopeOf } from '../../platform/http/index.ts'
import { type Office, officeRoles, permissionFor } from './parties.ts'

/** Where some grants let one sit in an office. */
export const scopeIn = (office: Office, grants: readonly HeldGrant[], now: Date): Scope =>
  scopeOf(
    grants.filter((it) => officeRoles[office].includes(it.role)),
    permissionFor(office),
    now,
  )

/** The same for a caller, in each of the offices; a program sits wherever its act reaches. */
export const scopesOf = ({ caller, scope }: Act, now: Date): Readonly<Record<Office, Scope>> => {
  const of = (office: Office) => (caller.kind === 'person' ? scopeIn(office, caller.grants, now) : scope)
  return {
    bureau: of('bureau'),
    receiver: of('receiver'),
    operator: of('operator'),
    authority: of('authority'),
    any: of('any'),
  }
}
