import { type Role, separatedDuties } from '@yiduo/contract'
import type { HeldGrant, Scope } from '../../kernel/act.ts'

/** Defaults until identity policy becomes data of each operator (standards.md §2.6: product defaults, no rule of any authority). */
export const passwordRules = { minimumCharacters: 8, minimumKinds: 3, failuresToLock: 5, lockMinutes: 15 }
export const sessionHours = 12

const kinds: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]

/** What is wrong with a password, or null. */
export const passwordWeakness = (password: string, login: string): string | null => {
  const rules = passwordRules
  if ([...password].length < rules.minimumCharacters) return `shorter than ${rules.minimumCharacters}`
  if (kinds.filter((kind) => kind.test(password)).length < rules.minimumKinds)
    return `fewer than ${rules.minimumKinds} kinds of characters`
  if (password.toLowerCase().includes(login.toLowerCase())) return 'contains the log-in name'
  return null
}

/** The one of the three posts that a person holds already and that excludes the wanted one. */
export const excludedBy = (held: readonly Role[], wanted: Role): Role | null =>
  separatedDuties.includes(wanted)
    ? (held.find((role) => role !== wanted && separatedDuties.includes(role)) ?? null)
    : null

/** Nobody gives a reach that is wider than their own. That the organisation lies within it is checked before. */
export const mayGive = (scope: Scope, reach: HeldGrant['reach'], organisationPath: string): boolean =>
  scope.all || reach === 'own' || (reach === 'subtree' && scope.subtrees.some((it) => organisationPath.startsWith(it)))
