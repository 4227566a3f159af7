import { type BodyOf, type Delegation, type delegationCreate, fault, fromId, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { FaultError, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'

const view = (row: store.DelegationView): Delegation => ({
  id: toId('delegation', row.id),
  personId: toId('person', row.personId),
  personLogin: row.personLogin,
  delegateId: toId('person', row.delegateId),
  delegateLogin: row.delegateLogin,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  reason: row.reason,
})

const person = (act: Act) => {
  if (act.caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return act.caller
}

/** An absence, not a post: who is away for longer is given a successor by the security administrator. */
const longestDays = 90
const dayMs = 86_400_000

/** Each is looked at with every request of the delegate. */
const limit = 20

/** Somebody who is there, and can log in. */
const canDecide = ({ kind, endedAt }: store.PersonRow): boolean => kind === 'person' && endedAt === null

export const listDelegations =
  ({ database }: IdentityDeps) =>
  async (act: Act): Promise<{ items: Delegation[] }> => ({
    items: (await store.delegationsOf(database.plain, person(act).personId)).map(view),
  })

/** Lends one's grants to a colleague, for deciding only. What was lent to oneself is not lent on. */
export const createDelegation =
  ({ database, clock, newId, record }: IdentityDeps) =>
  (act: Act, ask: BodyOf<typeof delegationCreate>): Promise<Delegation | Refusal> =>
    database.transaction(act, async (tx) => {
      const { personId, organisationId } = person(act)
      const now = clock.now()
      const startsAt = ask.startsAt === undefined ? now : new Date(ask.startsAt)
      const endsAt = new Date(ask.endsAt)
      if (endsAt <= now || endsAt <= startsAt || endsAt.getTime() - startsAt.getTime() > longestDays * dayMs)
        return refuse('delegation-too-long', { days: longestDays })
      const delegate = await store.personByLogin(tx, ask.delegateLogin)
      if (!delegate || delegate.id === personId || delegate.organisationId !== organisationId || !canDecide(delegate))
        return refuse('delegate-unsuitable', { login: ask.delegateLogin })
      await store.lockPerson(tx, personId)
      if ((await store.countDelegationsBy(tx, personId, now)) >= limit) return refuse('delegation-too-many', { limit })
      const reason = ask.reason ?? ''
      const id = newId()
      await store.insertDelegation(tx, {
        ...{ id, personId, delegateId: delegate.id, startsAt, endsAt, reason },
        endedAt: null,
        createdAt: now,
      })
      const made = view(present(await store.delegationById(tx, id), 'delegation'))
      await record(tx, { on: made.id, organisationId, after: made })
      return made
    })

/** Either of the two may end it. */
export const endDelegation =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<Delegation | Refusal> =>
    database.transaction(act, async (tx) => {
      const { personId, organisationId } = person(act)
      const uuid = fromId('delegation', id)
      const row = uuid && (await store.delegationById(tx, uuid))
      if (!row || (row.personId !== personId && row.delegateId !== personId)) return refuse('not-found')
      if ((await store.endDelegation(tx, row.id, clock.now())) === 0) return view(row)
      const ended = view(present(await store.delegationById(tx, row.id), 'delegation'))
      await record(tx, { on: id, organisationId, before: view(row), after: ended })
      return ended
    })
