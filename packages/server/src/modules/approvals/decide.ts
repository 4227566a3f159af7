import type { Act, Caller, HeldGrant, Scope } from '../../kernel/act.ts'
import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { hasDecided, isAgreed } from './model.ts'
import { bureauParty, officeOf } from './parties.ts'
import { scopeIn } from './scope.ts'
import type { ApprovalDeps } from './service.ts'
import { openStage, type Standing } from './stages.ts'
import * as store from './store.ts'

/** Somebody for whom a caller can speak: themselves, or who delegated to them. */
interface Voice {
  readonly personId: string | null
  readonly login: string | null
  readonly grants: readonly HeldGrant[] | null
}

const voicesOf = (caller: Caller): readonly Voice[] => {
  if (caller.kind !== 'person') return [{ personId: null, login: null, grants: null }]
  const lenders = new Map(caller.grants.flatMap(({ lentBy }) => (lentBy ? [[lentBy.personId, lentBy] as const] : [])))
  return [
    { personId: caller.personId, login: caller.login, grants: caller.grants.filter((it) => !it.lentBy) },
    ...[...lenders.values()].map((lender) => ({
      ...lender,
      grants: caller.grants.filter((it) => it.lentBy?.personId === lender.personId),
    })),
  ]
}

const scopeFor = (voice: Voice, party: string, now: Date): Scope =>
  voice.grants === null ? everything : scopeIn(officeOf(party), voice.grants, now)

interface Taken {
  readonly stage: store.StageRow
  readonly seats: readonly store.SeatRow[]
  readonly seat: store.SeatRow
  readonly voice: Voice
}

/** The seat that the caller takes, for the first one they can speak for; a refusal says why there is none. */
const takeSeat = async (deps: ApprovalDeps, tx: Tx, act: Act, subjectId: string): Promise<Taken | Refusal> => {
  const stage = present(await store.openStage(tx, subjectId), 'open stage')
  const seats = await store.seatsOf(tx, stage)
  const now = deps.clock.now()
  let why: Refusal | null = null
  for (const voice of voicesOf(act.caller)) {
    const reached: store.SeatRow[] = []
    for (const seat of seats) {
      const scope = scopeFor(voice, seat.party, now)
      if (await deps.organisations.reach(tx, { ...act, scope }, seat.organisationId)) reached.push(seat)
    }
    if (reached.length === 0) continue
    const voices = [voice.personId, callerId(act.caller)].flatMap((id) => id ?? [])
    const open = reached.find((seat) => seat.endedAt === null)
    if (open && open.party !== bureauParty && stage.sentBy !== null && voices.includes(stage.sentBy))
      why = refuse('own-request')
    else if (!open || hasDecided(seats, voices)) why ??= refuse('seat-taken')
    else return { stage, seats, seat: open, voice }
  }
  return why ?? refuse('request-of-another-operator', { operator: await namesOf(deps, tx, act, seats) })
}

const callerId = (caller: Caller): string | null => (caller.kind === 'person' ? caller.personId : null)
const callerLogin = (caller: Caller): string | null => (caller.kind === 'person' ? caller.login : null)

const namesOf = async (deps: ApprovalDeps, tx: Tx, act: Act, seats: readonly store.SeatRow[]): Promise<string> => {
  const names = new Set<string>()
  for (const seat of seats) {
    const found = await deps.organisations.reach(tx, { ...act, scope: everything }, seat.organisationId)
    if (found) names.add(found.name)
  }
  return [...names].join('、')
}

const saveVerdict = async (
  deps: ApprovalDeps,
  tx: Tx,
  act: Act,
  { seat, voice }: Taken,
  it: { verdict: 'agreed' | 'returned' | 'rejected'; remark: string },
): Promise<store.SeatRow> => {
  const speaksForAnother = voice.personId !== callerId(act.caller)
  const decided: store.SeatRow = {
    ...seat,
    ...it,
    decidedBy: callerId(act.caller),
    byLogin: callerLogin(act.caller),
    decidedFor: speaksForAnother ? voice.personId : null,
    forLogin: speaksForAnother ? voice.login : null,
    endedAt: deps.clock.now(),
  }
  await store.saveVerdict(tx, decided)
  return decided
}

/** Agrees at the open stage; with enough voices the next one opens, or all have agreed. */
export const agree =
  (deps: ApprovalDeps) =>
  async (tx: Tx, act: Act, subjectId: string, remark: string): Promise<Standing | Refusal> => {
    const taken = await takeSeat(deps, tx, act, subjectId)
    if ('refused' in taken) return taken
    const { stage, seats, seat } = taken
    const decided = await saveVerdict(deps, tx, act, taken, { verdict: 'agreed', remark })
    const now = seats.map((it) => (it.position === seat.position ? decided : it))
    if (!isAgreed(stage.needs, now)) return { state: 'open', stage: stage.name, dueAt: present(stage.dueAt, 'due') }
    const endedAt = deps.clock.now()
    await store.endSeats(tx, stage, endedAt)
    await store.updateStage(tx, { ...stage, state: 'agreed', endedAt })
    const next = await store.nextStage(tx, stage)
    return next ? openStage(deps, tx, next) : { state: 'agreed' }
  }

/** Returns or rejects: one voice ends the round, whichever stage it is at. */
export const refuseIt =
  (deps: ApprovalDeps) =>
  async (
    tx: Tx,
    act: Act,
    subjectId: string,
    it: { verdict: 'returned' | 'rejected'; remark: string },
  ): Promise<null | Refusal> => {
    const taken = await takeSeat(deps, tx, act, subjectId)
    if ('refused' in taken) return taken
    await saveVerdict(deps, tx, act, taken, it)
    await store.endStages(tx, subjectId, deps.clock.now())
    return null
  }
