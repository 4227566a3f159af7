import {
  type BodyOf,
  fromId,
  type Grant,
  type grantCreate,
  type grantList,
  type grantRevoke,
  type QueryOf,
  type Role,
  rolesAllowed,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { keyset, soughtIn, type Tx, toPage } from '../../platform/database/index.ts'
import * as store from './grant-store.ts'
import { excludedBy, grantStateOf, holdsWithin, leavesNobody, mayGive, needsConfirming, pendingDays } from './model.ts'
import type { IdentityDeps } from './service.ts'
import { deleteSessions } from './session-store.ts'
import { findPerson, personById } from './store.ts'

const dayMs = 86_400_000

export const viewGrant =
  (now: Date) =>
  (row: store.GrantRow): Grant => ({
    id: toId('grant', row.id),
    personId: toId('person', row.personId),
    role: row.role,
    organisationId: toId('organisation', row.organisationId),
    reach: row.reach,
    state: grantStateOf(row, now),
    until: row.until?.toISOString() ?? null,
    emergency: row.emergency,
    lastsUntil: (row.pendingUntil || row.emergency ? row.lastsUntil : row.until)?.toISOString() ?? null,
    pendingUntil: row.pendingUntil?.toISOString() ?? null,
    askedById: row.askedById && toId('person', row.askedById),
    confirmedById: row.confirmedById && toId('person', row.confirmedById),
    provider: row.provider && { ...row.provider, id: toId('identityProvider', row.provider.id) },
    awakeReason: row.awakeReason,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  })

/** As it is when it is new. */
export const unused = { awakeReason: null, lastUsedAt: null, reviewedAt: null, reviewedById: null, provider: null }

/** Who acts; null for the program, which sets up and demonstrates. */
export const actorOf = ({ caller }: Act): string | null => (caller.kind === 'person' ? caller.personId : null)

const tooWide = (act: Act, reach: Grant['reach']): Refusal =>
  refuse('not-permitted', { operation: `${act.operation} (${reach})`, roles: rolesAllowed(act.operation).join(', ') })

/** Refused of a person who reaches further than the act: whoever could take over their account would as well. */
export const beyond = async ({ clock }: IdentityDeps, tx: Tx, act: Act, personId: string): Promise<Refusal | null> => {
  const held = await store.placesHeld(tx, personId, clock.now())
  return holdsWithin(act.scope, held) ? null : refuse('person-reaches-further')
}

/** Posts are held in organisations that stand, by people of organisations that stand. */
export const endedAmong = async (
  { organisationEnded }: IdentityDeps,
  tx: Tx,
  ids: readonly string[],
): Promise<Refusal | null> => {
  for (const id of new Set(ids)) {
    const ended = await organisationEnded(tx, id)
    if (ended) return ended
  }
  return null
}

type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>

/** What keeps a person from a role: asked with the person locked, who may have left meanwhile. */
const unfit = async (
  { clock }: IdentityDeps,
  tx: Tx,
  { id, login, kind }: Person,
  role: Role,
): Promise<Refusal | null> => {
  const held = await store.rolesForUpdate(tx, id, clock.now())
  if ((await personById(tx, id)).endedAt !== null) return refuse('person-ended', { login })
  // Its tokens are made by a system administrator, who would hold the post with it.
  if (kind === 'service' && needsConfirming(role)) return refuse('post-not-for-services', { login })
  const excluded = excludedBy(held, role)
  return excluded ? refuse('duties-not-separated', { held: excluded, wanted: role }) : null
}

type Given = Pick<store.GrantRow, 'personId' | 'role' | 'emergency'>

/** Whoever is given an administrative post begins with it anew: no session of before has it. */
const endSessionsOf = async (tx: Tx, { personId, role, emergency }: Given): Promise<void> => {
  if (needsConfirming(role) && !emergency) await deleteSessions(tx, personId, null)
}

const listGrants =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act, query: QueryOf<typeof grantList>) => {
    const page = keyset(query)
    const personId = query.personId === undefined ? null : fromId('person', query.personId)
    const { pending = null, role = null, text } = query
    const filter = { personId, pending, role, sought: soughtIn(text) }
    return toPage(await store.listGrants(database.plain, act.scope, filter, page), page, viewGrant(clock.now()))
  }

/** Effective at once, but for an administrative post, which waits for somebody else; what a program grants does not. */
const createGrant =
  (deps: IdentityDeps) =>
  (act: Act, ask: BodyOf<typeof grantCreate>): Promise<Grant | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const now = deps.clock.now()
      const personId = fromId('person', ask.personId)
      const organisationId = fromId('organisation', ask.organisationId)
      const organisation = organisationId && (await deps.reachOrganisation(tx, act, organisationId))
      const person = personId && (await findPerson(tx, act.scope, personId))
      if (!organisation || !person) return refuse('not-found')
      const askedById = actorOf(act)
      if (askedById === person.id) return refuse('grant-to-oneself')
      if (!mayGive(act.scope, ask.reach, organisation.path)) return tooWide(act, ask.reach)
      const lastsUntil = ask.until === undefined ? null : new Date(ask.until)
      if (lastsUntil && lastsUntil <= now) return refuse('grant-in-the-past', { until: lastsUntil.toISOString() })
      const ended = await endedAmong(deps, tx, [organisation.id, person.organisationId])
      if (ended) return ended
      const refusal = await unfit(deps, tx, person, ask.role)
      if (refusal) return refusal
      const emergency = ask.emergency ?? false
      const waits = askedById !== null && needsConfirming(ask.role)
      const row = {
        id: deps.newId(),
        personId: person.id,
        role: ask.role,
        organisationId: organisation.id,
        reach: ask.reach,
        until: waits || emergency ? now : lastsUntil,
        lastsUntil,
        pendingUntil: waits ? new Date(now.getTime() + pendingDays * dayMs) : null,
        askedById,
        confirmedById: null,
        emergency,
        createdAt: now,
      }
      await store.insertGrant(tx, row)
      if (!waits) await endSessionsOf(tx, row)
      const made = viewGrant(now)({ ...row, ...unused })
      await deps.record(tx, { on: made.personId, organisationId: organisation.id, after: made })
      return made
    })

/** Two give it: what one asked for who is no security administrator any more, nobody is the second of. */
const isAskedStill = async (tx: Tx, { askedById }: store.GrantRow, now: Date): Promise<boolean> =>
  askedById === null || store.holds(tx, askedById, 'security-admin', now)

/** The second of the two: neither who asked nor whom it is for. All that held when it was asked for must hold still. */
const confirmGrant =
  (deps: IdentityDeps) =>
  (act: Act, id: string): Promise<Grant | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const now = deps.clock.now()
      const uuid = fromId('grant', id)
      const row = uuid && (await store.lockGrant(tx, act.scope, uuid))
      const organisation = row && (await deps.reachOrganisation(tx, act, row.organisationId))
      const person = row && (await findPerson(tx, act.scope, row.personId))
      if (!organisation || !person) return refuse('not-found')
      if (grantStateOf(row, now) !== 'pending' || !(await isAskedStill(tx, row, now)))
        return refuse('grant-not-pending')
      const actor = actorOf(act)
      if (actor === row.personId) return refuse('grant-to-oneself')
      if (actor === row.askedById) return refuse('grant-asked-by-oneself')
      if (!mayGive(act.scope, row.reach, organisation.path)) return tooWide(act, row.reach)
      const ended = await endedAmong(deps, tx, [organisation.id, person.organisationId])
      if (ended) return ended
      const refusal = await unfit(deps, tx, person, row.role)
      if (refusal) return refusal
      const confirmed = viewGrant(now)(
        await store.confirmGrant(tx, row.id, actor, row.emergency ? row.until : row.lastsUntil),
      )
      await endSessionsOf(tx, row)
      const before = viewGrant(now)(row)
      await deps.record(tx, { on: confirmed.personId, organisationId: organisation.id, before, after: confirmed })
      return confirmed
    })

const declineGrant =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('grant', id)
      const row = uuid && (await store.lockGrant(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      if (row.pendingUntil === null) return refuse('grant-not-pending')
      await store.deleteGrant(tx, row.id)
      const before = viewGrant(clock.now())(row)
      await record(tx, { on: before.personId, organisationId: row.organisationId, before })
      return null
    })

const revokeGrant =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string, { returns = false }: QueryOf<typeof grantRevoke> = {}): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('grant', id)
      const lasting = await store.lastingSecurityAdmins(tx)
      const row = uuid && (await store.lockGrant(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      if (leavesNobody(lasting, (it) => it.id === row.id)) return refuse('last-security-admin')
      // It may have to go at once; who takes it knows that this is not the end of it.
      if (row.provider && !returns) return refuse('grant-follows-claims', { provider: row.provider.name })
      await store.deleteGrant(tx, row.id)
      const before = viewGrant(clock.now())(row)
      await record(tx, { on: before.personId, organisationId: row.organisationId, before })
      return null
    })

/** What people may do at an organisation that is abolished ends, and what its own people may do anywhere. */
const endGrantsAt =
  ({ clock }: IdentityDeps) =>
  async (tx: Tx, organisationId: string): Promise<Refusal | null> => {
    const lasting = await store.lastingSecurityAdmins(tx)
    if (leavesNobody(lasting, (it) => [it.organisationId, it.homeId].includes(organisationId)))
      return refuse('last-security-admin')
    await store.endGrantsAt(tx, organisationId, clock.now())
    return null
  }

export const grants = (deps: IdentityDeps) => ({
  listGrants: listGrants(deps),
  createGrant: createGrant(deps),
  confirmGrant: confirmGrant(deps),
  declineGrant: declineGrant(deps),
  revokeGrant: revokeGrant(deps),
  endGrantsAt: endGrantsAt(deps),
})
