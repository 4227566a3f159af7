import {
  delegable,
  fault,
  isAmongOperations,
  isPersonal,
  type OperationSpec,
  type Role,
  rolePermissions,
  rolesAllowed,
  stageFault,
} from '@yiduo/contract'
import {
  type Act,
  type Caller,
  type EmergencyAccess,
  everything,
  type HeldGrant,
  nothingAtAll,
  type Scope,
} from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'

const permits = new Map<string, ReadonlySet<string>>(
  Object.entries(rolePermissions).map(([role, names]) => [role, new Set(names)]),
)
const allows = (role: Role, operation: string): boolean => permits.get(role)?.has(operation) ?? false

/** The grants that allow an operation now. */
export const grantsFor = (grants: readonly HeldGrant[], operation: string, now: Date): HeldGrant[] =>
  grants.filter(
    (it) =>
      allows(it.role, operation) &&
      (it.until === null || it.until > now) &&
      (it.only === undefined || isAmongOperations(it.only, operation)) &&
      (it.lentBy === undefined || delegable.has(operation)),
  )

/** How far the grants that allow an operation reach, taken together. */
export const scopeOf = (grants: readonly HeldGrant[], operation: string, now: Date): Scope => {
  const effective = grantsFor(grants, operation, now)
  if (effective.some((it) => it.reach === 'all')) return everything
  // Two roles at one place reach no further than one.
  const reached = (reach: HeldGrant['reach'], pick: (it: HeldGrant) => string) => [
    ...new Set(effective.filter((it) => it.reach === reach).map(pick)),
  ]
  return {
    all: false,
    subtrees: reached('subtree', (it) => it.organisationPath),
    organisations: reached('own', (it) => it.organisationId),
  }
}

export const reachesSomething = ({ all, subtrees, organisations }: Scope): boolean =>
  all || subtrees.length > 0 || organisations.length > 0

/** What one sees of things that one organisation operates and another supplies. */
export interface Sight {
  readonly operated: Scope
  readonly supplied: Scope
}

/** A provider sees what it supplies, wherever that stands; everybody else what their organisations operate. */
export const sightOf = ({ caller, operation, scope }: Act, now: Date): Sight => {
  if (caller.kind !== 'person') return { operated: scope, supplied: nothingAtAll }
  const reach = (isProvider: boolean) =>
    scopeOf(
      caller.grants.filter((it) => (it.role === 'provider') === isProvider),
      operation,
      now,
    )
  return { operated: reach(false), supplied: reach(true) }
}

/** For whom a caller acts who could not act alone: who delegated it to them, if it was one person. */
export const onBehalfOf = (spec: OperationSpec, caller: Caller, now: Date): string | null => {
  if (caller.kind !== 'person' || !caller.grants.some((it) => it.lentBy)) return null
  const reaches = (grants: readonly HeldGrant[]): boolean => reachesSomething(scopeOf(grants, spec.name, now))
  if (reaches(caller.grants.filter((it) => !it.lentBy))) return null
  const lenders = new Set(caller.grants.filter((it) => reaches([it])).flatMap(({ lentBy }) => lentBy?.login ?? []))
  return lenders.size === 1 ? ([...lenders][0] ?? null) : null
}

/** Who it is of, it may always ask; what is a person's own affair, never. */
const mayByToken = (spec: OperationSpec, operations: readonly string[]): boolean =>
  spec.name === 'session.get' || (isAmongOperations(operations, spec.name) && !isPersonal(spec.name))

/** The grant for emergencies by which a caller reaches further with an operation than by their other grants. */
export const emergencyFor = (operation: string, caller: Caller, now: Date): EmergencyAccess | null => {
  if (caller.kind !== 'person' || !caller.grants.some((it) => it.emergency)) return null
  const [woken] = grantsFor(caller.grants, operation, now).filter((it) => it.emergency)
  if (!woken) return null
  const without = scopeOf(
    caller.grants.filter((it) => !it.emergency),
    operation,
    now,
  )
  return without.all ? null : { grantId: woken.id, without }
}

type PersonCaller = Extract<Caller, { kind: 'person' }>

const ownScope = (spec: OperationSpec, { operations }: PersonCaller): Scope => {
  if (operations && !mayByToken(spec, operations))
    throw new FaultError(fault('not-for-tokens', { operation: spec.name }))
  return nothingAtAll
}

const grantedScope = (spec: OperationSpec, { grants }: PersonCaller, now: Date): Scope => {
  const scope = scopeOf(grants, spec.name, now)
  if (!reachesSomething(scope))
    throw new FaultError(fault('not-permitted', { operation: spec.name, roles: rolesAllowed(spec.name).join(', ') }))
  return scope
}

/** Whether the caller may do this at all, and on whose rows. Which single row is the service's to check. */
export const authorise = (spec: OperationSpec, caller: Caller, now: Date): Scope => {
  if (spec.access === 'public') return nothingAtAll
  if (caller.kind === 'nobody') throw new FaultError(fault('not-signed-in'))
  if (caller.kind === 'program') return everything
  if (caller.stage !== 'complete' && !spec.entering?.includes(caller.stage))
    throw new FaultError(fault(stageFault[caller.stage]))
  const scope = spec.access === 'self' ? ownScope(spec, caller) : grantedScope(spec, caller, now)
  if (spec.stepUp && caller.provenUntil !== null && caller.provenUntil <= now)
    throw new FaultError(fault('step-up-required'))
  return scope
}
