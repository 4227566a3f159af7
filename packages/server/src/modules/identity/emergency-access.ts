import { type BodyOf, type emergencyAccessBegin, fromId, type Grant } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { scopeOf } from '../../platform/http/index.ts'
import { factorsOf } from './factor-store.ts'
import * as store from './grant-store.ts'
import { actorOf, endedAmong, viewGrant } from './grants.ts'
import { grantStateOf, needsFactor } from './model.ts'
import { policyOf } from './policy.ts'
import type { IdentityDeps } from './service.ts'
import { personById } from './store.ts'

const minuteMs = 60_000

/** Whoever holds a stolen session would wake the grant first and then set up a factor of their own. */
const lacksFactor = async (tx: Tx, { role, personId }: store.GrantRow): Promise<boolean> =>
  needsFactor(await policyOf(tx), [role]) && (await factorsOf(tx, personId)).length === 0

/** Its person alone wakes it, and never for longer by asking twice. */
const begin =
  (deps: IdentityDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof emergencyAccessBegin>): Promise<Grant | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const now = deps.clock.now()
      const uuid = fromId('grant', id)
      const row = uuid && (await store.lockGrant(tx, everything, uuid))
      if (!row || row.personId !== actorOf(act)) return refuse('not-found')
      if (!row.emergency) return refuse('grant-not-for-emergencies')
      const state = grantStateOf(row, now)
      if (state === 'awake') return refuse('emergency-access-begun', { until: row.until?.toISOString() ?? null })
      if (state !== 'asleep') return refuse('grant-ended')
      if (await lacksFactor(tx, row)) return refuse('second-factor-set-up-required')
      const { login, organisationId } = await personById(tx, row.personId)
      const ended = await endedAmong(deps, tx, [row.organisationId, organisationId])
      if (ended) return ended
      const asked = now.getTime() + ask.minutes * minuteMs
      const until = new Date(Math.min(asked, row.lastsUntil?.getTime() ?? asked))
      const woken = viewGrant(now)(await store.setAwake(tx, row.id, { until, reason: ask.reason }))
      const after = { ...woken, login, reason: ask.reason }
      await deps.record(tx, { on: id, organisationId: row.organisationId, before: viewGrant(now)(row), after })
      return woken
    })

/** By its person, or by whoever could revoke it. One that sleeps already goes on sleeping. */
const end =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<Grant | Refusal> =>
    database.transaction(act, async (tx) => {
      const now = clock.now()
      const uuid = fromId('grant', id)
      const { caller } = act
      const reach = caller.kind === 'person' ? scopeOf(caller.grants, 'grant.revoke', now) : act.scope
      const own = uuid && (await store.lockGrant(tx, everything, uuid))
      const row = own && own.personId === actorOf(act) ? own : uuid && (await store.lockGrant(tx, reach, uuid))
      if (!row) return refuse('not-found')
      if (!row.emergency) return refuse('grant-not-for-emergencies')
      const before = viewGrant(now)(row)
      if (before.state !== 'awake') return before
      const after = viewGrant(now)(await store.setAwake(tx, row.id, { until: now, reason: row.awakeReason }))
      await record(tx, { on: id, organisationId: row.organisationId, before, after })
      return after
    })

export const emergencyAccess = (deps: IdentityDeps) => ({
  beginEmergencyAccess: begin(deps),
  endEmergencyAccess: end(deps),
})
