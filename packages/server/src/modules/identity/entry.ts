import { createHash, randomBytes } from 'node:crypto'
import { fault, type Role, type Session, toId } from '@yiduo/contract'
import type { Act, Caller, HeldGrant } from '../../kernel/act.ts'
import { FaultError, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { createEntryMemory } from './entry-memory.ts'
import { type Entry, endOf, provenUntil, stageOf } from './model.ts'
import { standardPolicy } from './policy.ts'
import type { Settings } from './policy-store.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './session-store.ts'
import { viewHeld, viewPerson } from './view.ts'

/** A session's, and that of a program: what it is can be read off it, and so can a leaked one be found. */
export const newToken = (of: 'session' | 'program'): string =>
  `${of === 'session' ? 'yds' : 'yda'}_${randomBytes(32).toString('base64url')}`

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

type EntryRow = store.EntryRow

/** One's own grants, and those of colleagues for as long as they have delegated them; of a token no more than it may. */
const grantsOf = ({ grants, operations }: EntryRow, now: Date): HeldGrant[] =>
  grants.flatMap(({ lentBy, until, ...grant }) => {
    const held = {
      ...grant,
      until: until === null ? null : new Date(until),
      ...(operations ? { only: operations } : {}),
    }
    if (!lentBy) return [held]
    // What a colleague lent is for deciding oneself.
    if (operations || new Date(lentBy.from) > now || now >= new Date(lentBy.until)) return []
    return [{ ...held, lentBy: { personId: lentBy.personId, login: lentBy.login } }]
  })

/** Roles that are held now; what a colleague lent makes nobody an administrator. */
const rolesOf = (grants: readonly HeldGrant[], now: Date): Role[] =>
  grants.flatMap((it) => (!it.lentBy && (it.until === null || it.until > now) ? [it.role] : []))

const entryOf = (row: EntryRow): Entry => ({ ...row, passwordChangedAt: row.passwordChangedAt ?? row.createdAt })

/**
 * Whoever had the account when its password was reset may have made tokens: they rest until its person has come in, who sees
 * them then.
 */
const stageOfToken = ({ mustChangePassword }: EntryRow): ReturnType<typeof stageOf> =>
  mustChangePassword ? 'password-change' : 'complete'

const stageIn = (row: EntryRow, policy: Settings, roles: readonly Role[], now: Date): ReturnType<typeof stageOf> =>
  row.operations ? stageOfToken(row) : stageOf(entryOf(row), policy, roles, now)

export const viewSession = (row: EntryRow, now: Date): Session => {
  const policy = row.policy ?? standardPolicy
  const grants = grantsOf(row, now)
  const roles = rolesOf(grants, now)
  const end = row.operations ? row.expiresAt : endOf(row, policy, roles)
  return {
    id: toId(row.operations ? 'apiToken' : 'session', row.sessionId),
    person: viewPerson(row),
    grants: grants.map((it) => viewHeld(it, it.lentBy?.personId ?? row.id)),
    stage: stageIn(row, policy, roles, now),
    provenAt: row.provenAt?.toISOString() ?? null,
    expiresAt: end.toISOString(),
  }
}

/** Who calls; a fault where the session is over. */
const callerOf = (row: EntryRow | null, now: Date): Caller => {
  if (!row || row.endedAt !== null) throw new FaultError(fault('not-signed-in'))
  const policy = row.policy ?? standardPolicy
  const grants = grantsOf(row, now)
  const roles = rolesOf(grants, now)
  const end = row.operations ? row.expiresAt : endOf(row, policy, roles)
  if (end <= now) throw new FaultError(fault('session-expired'))
  return {
    kind: 'person',
    personId: row.id,
    login: row.login,
    organisationId: row.organisationId,
    sessionId: row.sessionId,
    stage: stageIn(row, policy, roles, now),
    provenUntil: provenUntil(row, policy, roles),
    operations: row.operations,
    grants,
  }
}

const minuteMs = 60_000

const entryByToken = async (tx: Tx, token: string, now: Date): Promise<EntryRow | null> => {
  const hash = hashToken(token)
  if (token.startsWith('yda_')) return store.apiTokenByHash(tx, hash)
  return (await store.sessionByToken(tx, hash)) ?? store.sessionByPreviousToken(tx, hash, now)
}

/** The caller behind a token; a fault when the session is over. */
export const authenticate = ({ database, clock }: IdentityDeps): ((token: string) => Promise<Caller>) => {
  const memory = createEntryMemory(database)
  return async (token) => {
    const now = clock.now()
    const read = () => memory.read(token, () => entryByToken(database.plain, token, now))
    const row = memory.recall(token) ?? (await read())
    const caller = callerOf(row, now)
    if (row && now.getTime() - row.lastUsedAt.getTime() > minuteMs) {
      await store.touch(database.plain, row, now)
      await read()
    }
    return caller
  }
}

/** The same by the session's own id, for what goes on without its token. It is no use of it. */
export const callerOfSession =
  ({ database, clock }: IdentityDeps) =>
  async (sessionId: string): Promise<Caller> =>
    callerOf(
      (await store.sessionById(database.plain, sessionId)) ?? (await store.apiTokenEntry(database.plain, sessionId)),
      clock.now(),
    )

export type PersonCaller = Extract<Caller, { kind: 'person' }>

export const person = (act: Act): PersonCaller => {
  if (act.caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return act.caller
}

/** Refused where a factor was not proven lately, though there is one: of what one does to one's own keys. */
export const unproven = (act: Act, hasFactor: boolean, now: Date): Refusal | null => {
  const until = person(act).provenUntil
  return hasFactor && until !== null && until <= now ? refuse('step-up-required') : null
}

/** What is answered holds a token that nobody else may ever read again: it is not kept for a repeated request. */
export const unremembered = (act: Act): Act => ({ ...act, idempotency: null })
