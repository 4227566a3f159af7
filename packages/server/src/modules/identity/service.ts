import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { Secrets } from '../../platform/secrets/index.ts'
import { createCredentialService, createEntryService } from './credentials.ts'
import { createDelegation, endDelegation, listDelegations } from './delegations.ts'
import { emergencyAccess } from './emergency-access.ts'
import { grantReviews } from './grant-reviews.ts'
import { grants } from './grants.ts'
import { endPerson, removePassword, resetPassword } from './leaving.ts'
import { createOutsideService } from './outside/service.ts'
import { deleteExpiredSignOns, deleteOldLogouts } from './outside/sign-on-store.ts'
import type { Passwords } from './password.ts'
import { createPerson, getPerson } from './people.ts'
import { peopleQueries } from './people-queries.ts'
import { ensurePolicy, getPolicy, setPolicy } from './policy.ts'
import { deleteExpiredSessions } from './session-store.ts'

export interface IdentityDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly passwords: Passwords
  readonly secrets: Pick<Secrets, 'seal' | 'open'>
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string; path: string } | null>
  /** By bare id. */
  readonly organisationNames: (tx: Tx, uuids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The refusal of whatever new is asked for one that was abolished; null while it stands. */
  readonly organisationEnded: (tx: Tx, uuid: string) => Promise<Refusal | null>
}

export const createIdentityService = (deps: IdentityDeps) => ({
  ...createEntryService(deps),
  ...createCredentialService(deps),
  ...createOutsideService(deps),
  ensurePolicy: ensurePolicy(deps),
  getPolicy: getPolicy(deps),
  setPolicy: setPolicy(deps),
  endPerson: endPerson(deps),
  resetPassword: resetPassword(deps),
  removePassword: removePassword(deps),
  createPerson: createPerson(deps),
  getPerson: getPerson(deps),
  ...grants(deps),
  ...grantReviews(deps),
  ...emergencyAccess(deps),
  listDelegations: listDelegations(deps),
  createDelegation: createDelegation(deps),
  endDelegation: endDelegation(deps),

  ...peopleQueries(deps),

  async forgetExpiredSessions(): Promise<void> {
    await deleteExpiredSessions(deps.database.plain, deps.clock.now())
    await deleteExpiredSignOns(deps.database.plain, deps.clock.now())
    await deleteOldLogouts(deps.database.plain, deps.clock.now())
  },
})

export type IdentityService = ReturnType<typeof createIdentityService>
