import { type EntryStage, type GrantState, type PasswordProblem, type Role, separatedDuties } from '@yiduo/contract'
import type { HeldGrant, Scope } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { isCommon, isNamed } from './password-words.ts'
import type { Settings } from './policy-store.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

const kinds: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]

const isAdministrator = (roles: readonly Role[]): boolean => roles.some((role) => separatedDuties.includes(role))

const minimumOf = (policy: Settings, roles: readonly Role[]): number =>
  isAdministrator(roles) ? policy.administratorPasswordMinimum : policy.passwordMinimum

/** What is wrong with a password, or null. The names are those that must not be in it. */
export const passwordWeakness = (
  password: string,
  { login, organisation }: { readonly login: string; readonly organisation: string | null },
  policy: Settings,
  roles: readonly Role[],
): PasswordProblem | null => {
  const minimum = minimumOf(policy, roles)
  if ([...password].length < minimum) return 'password-short'
  if (kinds.filter((kind) => kind.test(password)).length < policy.passwordKinds) return 'password-few-kinds'
  if (password.toLowerCase().includes(login.toLowerCase())) return 'password-has-login'
  if (isNamed(password, organisation)) return 'password-has-name'
  if (isCommon(password)) return 'password-common'
  return null
}

/** The refusal of a password, with all that its words speak of. */
export const tooWeak = (problem: PasswordProblem, policy: Settings, roles: readonly Role[]): Refusal =>
  refuse('password-too-weak', {
    problem,
    minimum: minimumOf(policy, roles),
    kinds: policy.passwordKinds,
    remembered: policy.passwordsRemembered,
  })

/** As long as somebody may take to come and change a password that another gave them. */
const oneTimeDays = 7

export const oneTimeUntil = (now: Date): Date => new Date(now.getTime() + oneTimeDays * dayMs)

/** What is known of a session and its person when it is used. */
export interface Entry {
  readonly mustChangePassword: boolean
  readonly passwordChangedAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  readonly factorAt: Date | null
  readonly provenAt: Date | null
  readonly hasFactor: boolean
  readonly byPassword: boolean
}

export const needsFactor = ({ secondFactorRoles }: Settings, roles: readonly Role[]): boolean =>
  roles.some((role) => secondFactorRoles?.includes(role))

/** A factor comes before the password may be changed: who has got hold of a password alone changes nothing. */
export const stageOf = (it: Entry, policy: Settings, roles: readonly Role[], now: Date): EntryStage | 'complete' => {
  if (it.hasFactor && it.factorAt === null) return 'second-factor'
  const age = policy.passwordMaxAgeDays
  const isOld = age !== null && now.getTime() - it.passwordChangedAt.getTime() > age * dayMs
  if (it.byPassword && (it.mustChangePassword || isOld)) return 'password-change'
  return needsFactor(policy, roles) && !it.hasFactor ? 'second-factor-set-up' : 'complete'
}

/** Until when what needs a step-up is allowed; null where none is asked for. */
export const provenUntil = (
  it: Pick<Entry, 'provenAt' | 'hasFactor'>,
  policy: Settings,
  roles: readonly Role[],
): Date | null =>
  policy.stepUpMinutes === null || !(it.hasFactor || needsFactor(policy, roles))
    ? null
    : new Date(it.provenAt === null ? 0 : it.provenAt.getTime() + policy.stepUpMinutes * minuteMs)

/** When a session ends: at its time, or when nobody has used it for long. */
export const endOf = (it: Pick<Entry, 'expiresAt' | 'lastUsedAt'>, policy: Settings, roles: readonly Role[]): Date => {
  const idle = isAdministrator(roles) ? policy.administratorIdleMinutes : policy.idleMinutes
  return new Date(Math.min(it.expiresAt.getTime(), it.lastUsedAt.getTime() + idle * minuteMs))
}

/** The one of the three posts that a person holds already and that excludes the wanted one. */
export const excludedBy = (held: readonly Role[], wanted: Role): Role | null =>
  separatedDuties.includes(wanted)
    ? (held.find((role) => role !== wanted && separatedDuties.includes(role)) ?? null)
    : null

/** Nobody gives a reach that is wider than their own. That the organisation lies within it is checked before. */
export const mayGive = (scope: Scope, reach: HeldGrant['reach'], organisationPath: string): boolean =>
  scope.all || reach === 'own' || (reach === 'subtree' && scope.subtrees.some((it) => organisationPath.startsWith(it)))

interface Place {
  readonly reach: HeldGrant['reach']
  readonly organisationId: string
  readonly organisationPath: string
}

/**
 * Whether all that somebody holds lies within a scope. Whoever gets into another's account, or makes a token for it, gets
 * what it holds, wherever its person belongs.
 */
export const holdsWithin = (scope: Scope, held: readonly Place[]): boolean =>
  held.every(
    ({ reach, organisationId, organisationPath }) =>
      mayGive(scope, reach, organisationPath) &&
      (scope.all ||
        scope.organisations.includes(organisationId) ||
        scope.subtrees.some((root) => organisationPath.startsWith(root))),
  )

/** The administrative posts are given by two. */
export const needsConfirming = (role: Role): boolean => separatedDuties.includes(role)

/** A grant that nobody confirms runs out: what nobody remembers to have asked for is not confirmed by chance. */
export const pendingDays = 7

interface Terms {
  readonly until: Date | null
  readonly lastsUntil: Date | null
  readonly pendingUntil: Date | null
  readonly emergency: boolean
}

const isOver = (at: Date | null, now: Date): boolean => at !== null && at <= now

export const grantStateOf = ({ until, lastsUntil, pendingUntil, emergency }: Terms, now: Date): GrantState => {
  if (pendingUntil) return isOver(pendingUntil, now) ? 'ended' : 'pending'
  if (!emergency) return isOver(until, now) ? 'ended' : 'effective'
  if (isOver(lastsUntil, now)) return 'ended'
  return isOver(until, now) ? 'asleep' : 'awake'
}

/** Half a year: after that a grant is looked over again, and one that was not used is marked. */
export const reviewDays = 183

/** Whether some of what keeps a post filled goes, and nothing of it stays. */
export const leavesNobody = <T>(keeping: readonly T[], goes: (it: T) => boolean): boolean =>
  keeping.length > 0 && keeping.every(goes)
