import { type BodyOf, type IdentityPolicy, type identityPolicySet, separatedDuties } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { editedMeanwhile, staleBy } from '../../kernel/revision.ts'
import type { Tx } from '../../platform/database/index.ts'
import { findPolicy, insertPolicy, type Settings, updatePolicy } from './policy-store.ts'
import type { IdentityDeps } from './service.ts'

/** What holds until somebody says otherwise (standards.md §2.6: product defaults, no rule of any authority). */
export const standardPolicy: Settings = {
  passwordMinimum: 8,
  administratorPasswordMinimum: 12,
  passwordKinds: 3,
  passwordMaxAgeDays: 90,
  passwordsRemembered: 5,
  failuresToLock: 5,
  lockMinutes: 15,
  idleMinutes: 15,
  administratorIdleMinutes: 10,
  sessionHours: 12,
  tokenDays: 365,
  secondFactorRoles: [...separatedDuties, 'operator'],
  stepUpMinutes: 10,
}

/** For a place to look around in, where nobody has a device to prove anything with. */
export const demonstrationPolicy: Settings = {
  ...standardPolicy,
  administratorPasswordMinimum: 8,
  passwordMaxAgeDays: null,
  idleMinutes: 720,
  administratorIdleMinutes: 720,
  secondFactorRoles: null,
  stepUpMinutes: null,
}

export const policyOf = async (tx: Tx): Promise<Settings> => (await findPolicy(tx))?.settings ?? standardPolicy

/** The first policy of an installation; one that was set stays. */
export const ensurePolicy =
  ({ database }: Pick<IdentityDeps, 'database'>) =>
  (settings: Settings): Promise<number> =>
    database.unrecorded((tx) => insertPolicy(tx, settings))

export const getPolicy =
  ({ database }: IdentityDeps) =>
  async (): Promise<IdentityPolicy> => {
    const { settings, revision } = (await findPolicy(database.plain)) ?? { settings: standardPolicy, revision: 1 }
    return { ...settings, revision }
  }

export const setPolicy =
  ({ database, record }: IdentityDeps) =>
  (act: Act, ask: BodyOf<typeof identityPolicySet>, given: number | null): Promise<IdentityPolicy | Refusal> =>
    database.transaction(act, async (tx) => {
      // It holds for everybody: whoever reaches a part only does not set it.
      if (!act.scope.all) return refuse('not-found')
      await insertPolicy(tx, standardPolicy)
      const before = await findPolicy(tx)
      const read = before?.revision ?? 1
      const stale = staleBy(given, read)
      if (stale) return stale
      if ((await updatePolicy(tx, ask, read)) === 0) return editedMeanwhile(read)
      const after = { ...ask, revision: read + 1 }
      const organisationId = act.caller.kind === 'person' ? act.caller.organisationId : null
      await record(tx, { on: 'identity-policy', organisationId, before: before?.settings, after: ask })
      return after
    })
