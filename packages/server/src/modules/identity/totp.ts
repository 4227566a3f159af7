import { type BodyOf, fromId, type Session, toId, type totpBegin } from '@yiduo/contract'
import { generateSecret, generateURI, verify } from 'otplib'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { SealedColumn } from '../../platform/secrets/index.ts'
import { person, unremembered } from './entry.ts'
import * as factorStore from './factor-store.ts'
import { mayNotAdd, mustProveFirst, viewFactor } from './factors.ts'
import { type Guess, ifRight } from './guess.ts'
import type { IdentityDeps } from './service.ts'
import { replaceToken } from './sessions.ts'
import * as store from './store.ts'

/** RFC 6238: thirty seconds; a clock may be one step off in either direction (§5.2, §6). */
const stepSeconds = 30

const contextOf = (personId: string) => `second factor of ${personId}`

export const sealedTotpSecrets: SealedColumn = {
  table: 'second_factors',
  column: 'secret',
  id: 'id',
  owner: 'person_id',
  contextOf,
}

/** The step whose code it is, of none that was used; null of a wrong one. */
const stepOf = async (deps: IdentityDeps, factor: factorStore.FactorRow, code: string): Promise<number | null> => {
  if (factor.secret === null) return null
  const result = await verify({
    secret: deps.secrets.open(factor.secret, contextOf(factor.personId)),
    token: code,
    epoch: Math.floor(deps.clock.now().getTime() / 1000),
    epochTolerance: stepSeconds,
    ...(factor.lastStep === null ? {} : { afterTimeStep: factor.lastStep }),
  })
  return result.valid && 'timeStep' in result ? result.timeStep : null
}

export const beginTotp =
  (deps: IdentityDeps) =>
  (act: Act, { name }: BodyOf<typeof totpBegin>): Promise<{ id: string; secret: string; uri: string } | Refusal> =>
    deps.database.transaction(unremembered(act), async (tx) => {
      const { personId, login, organisationId } = person(act)
      const now = deps.clock.now()
      await store.lockPerson(tx, personId)
      const refusal = await mayNotAdd(tx, act, now)
      if (refusal) return refusal
      const secret = generateSecret({ length: 20 })
      const row: factorStore.FactorRow = {
        id: deps.newId(),
        personId,
        kind: 'totp',
        name,
        secret: deps.secrets.seal(secret, contextOf(personId)),
        ...{ lastStep: null, credentialId: null, publicKey: null, counter: null, transports: null },
        ...{ createdAt: now, confirmedAt: null, lastUsedAt: null },
      }
      await factorStore.forgetUnconfirmed(tx, personId)
      await factorStore.insertFactor(tx, row)
      await deps.record(tx, { on: toId('person', personId), organisationId, after: viewFactor(row) })
      return {
        id: toId('secondFactor', row.id),
        secret,
        uri: generateURI({ issuer: 'Yiduo 一朵', label: login, secret }),
      }
    })

const refusal = () => refuse('second-factor-wrong')

/** A code for one of some factors; wrong ones count like wrong passwords. */
const proveBy = async (
  deps: IdentityDeps,
  act: Act,
  factors: readonly factorStore.FactorRow[],
  it: { code: string; keepsBefore: boolean; isNew: boolean },
): Promise<Session | Refusal> => {
  const { personId, login, sessionId, organisationId } = person(act)
  const right: { id: string; step: number }[] = []
  const guess: Guess = {
    login,
    person: await store.personById(deps.database.plain, personId),
    refusedAs: 'second-factor.refuse',
    refusal,
    isStill: () => true,
    guessed: 'proof',
    tellsLock: true,
    isRight: async () => {
      for (const factor of factors) {
        const step = await stepOf(deps, factor, it.code)
        if (step !== null) right.push({ id: factor.id, step })
      }
      return right.length > 0
    },
  }
  return ifRight(deps)(act, guess, async (tx) => {
    const first = it.isNew ? await mustProveFirst(tx, act) : null
    if (first) return first
    const used = right[0]
    // Of two that come with the same code at once, one is first.
    if (!used || (await factorStore.useStep(tx, used.id, used.step, deps.clock.now())) === 0) return refusal()
    await deps.record(tx, { on: login, organisationId, after: { personId: toId('person', personId) } })
    return replaceToken(deps)(tx, sessionId, { proven: true, keepsBefore: it.keepsBefore })
  })
}

export const confirmTotp =
  (deps: IdentityDeps) =>
  async (act: Act, id: string, code: string): Promise<Session | Refusal> => {
    const uuid = fromId('secondFactor', id)
    const factor = uuid ? await factorStore.findFactor(deps.database.plain, person(act).personId, uuid) : null
    if (factor?.kind !== 'totp' || factor.confirmedAt !== null) return refuse('not-found')
    return proveBy(deps, act, [factor], { code, keepsBefore: false, isNew: true })
  }

export const proveTotp =
  (deps: IdentityDeps) =>
  async (act: Act, code: string): Promise<Session | Refusal> => {
    const { personId, stage } = person(act)
    const factors = await factorStore.factorsOf(deps.database.plain, personId)
    const keepsBefore = stage === 'complete'
    return proveBy(
      deps,
      act,
      factors.filter((it) => it.kind === 'totp'),
      { code, keepsBefore, isNew: false },
    )
  }
