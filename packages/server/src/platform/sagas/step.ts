import { type Fault, toId } from '@yiduo/contract'
import type { Attempt } from '@yiduo/driver-api'
import type { CloudStep, Nothing, Step, StepContext } from './saga.ts'
import * as journal from './store.ts'
import { type Ended, untilEnded } from './until-ended.ts'
import { Abandoned, type Work } from './work.ts'

/** What every step of an operation may know; what concerns one alone is added as it is called. */
export type Context = Omit<StepContext<unknown>, 'attempt' | 'leftover' | 'remade'>

/** A step on a cloud whose beginning is journalled. */
export interface Begun {
  readonly position: number
  readonly step: CloudStep<unknown>
  readonly now: Date
}

/**
 * The time away of a process that died does not count against a step: whoever takes it over has the whole limit. A
 * step that so many have taken over is more likely what kills them, and is given up by the limit from its first call.
 */
const patientTakeovers = 10

const limitFrom = (before: journal.StepRow | undefined, now: Date): Date =>
  before && before.takeovers >= patientTakeovers ? (before.since ?? now) : now

export const progressAt = ({ definition, operation }: Work, at: { position: number; name: string }) => ({
  id: toId('operation', operation.id),
  state: 'running',
  step: at.name,
  percent: Math.round((100 * at.position) / definition.steps.length),
})

const isNothing = (undo: object): undo is Nothing => 'nothing' in undo

interface TakingBack {
  readonly position: number
  readonly row: journal.Attempted
  readonly leftover: boolean
  /** The instant from which the limit runs. */
  readonly begun: Date
}

export const takeStepBack = async (
  work: Work,
  context: Context,
  { name, undo }: Step<unknown>,
  { position, row, leftover, begun }: TakingBack,
): Promise<Ended> => {
  if (isNothing(undo)) return { ok: true, value: null }
  // Whoever had it before may have made a call in its very last moment.
  const since = work.takenOverAt ?? row.since ?? work.clock.now()
  return untilEnded(work, {
    step: name,
    position,
    call: (attempt) => undo({ ...context, attempt, leftover, remade: false }),
    attempt: { since, handle: row.handle },
    since,
    begun,
    attempts: row.attempts,
  })
}

interface Running {
  readonly now: Date
  readonly begun: Date
  readonly attempts: number
  readonly handle: string | null
  readonly remade: boolean
}

/** The cloud's chance, not its answer: it took the call, and what it made of it is broken or gone. */
const isSpoilt = ({ code }: Fault): boolean => code === 'cloud-thing-broken' || code === 'cloud-thing-vanished'

const runStep = (
  work: Work,
  context: Context,
  { position, step }: Begun,
  before: journal.StepRow | undefined,
  { now, begun, attempts, handle, remade }: Running,
): Promise<Ended> => {
  // Whoever had it before may have made a call in its very last moment: what is in flight is judged from now.
  const mayHaveRun = before !== undefined || work.operation.doubtful
  return untilEnded(work, {
    step: step.name,
    position,
    call: (attempt: Attempt) => step.run({ ...context, attempt, leftover: false, remade }),
    attempt: { since: mayHaveRun ? now : null, handle },
    since: now,
    begun,
    attempts,
  })
}

/** Takes back what the cloud spoilt, and makes it anew. The journal is ahead of either. */
const remake = async (
  work: Work,
  context: Context,
  begun: Begun,
  before: journal.StepRow | undefined,
  spoilt: { row: journal.Attempted; refused: Ended },
): Promise<Ended> => {
  const { clock, database, definition, log, operation, settings } = work
  const { position, step } = begun
  work.recalled.clear()
  const taking = { position, row: spoilt.row, leftover: false, begun: limitFrom(before, clock.now()) }
  const cleared = await takeStepBack(work, context, step, taking)
  if (!cleared.ok) {
    // It fails for what broke it; what stays there is found, tried once more and listed on the way back.
    log.warn({ operation: operation.id, step: step.name, fault: cleared.fault }, 'cannot be taken back')
    return spoilt.refused
  }
  settings.at?.(definition.name, step.name, 'cleared')
  const now = clock.now()
  const anew = await journal.endRemake(database.plain, { id: operation.id, owner: settings.owner, position, now })
  if (!anew) throw new Abandoned('lease lost')
  settings.at?.(definition.name, step.name, 'begun-again')
  work.recalled.clear()
  return runStep(work, context, begun, before, { now, begun: now, attempts: anew.attempts, handle: null, remade: true })
}

/** Runs a step to its end. Of one that says so, what the cloud spoilt is taken back and made once more. */
export const makeStep = async (
  work: Work,
  context: Context,
  begun: Begun,
  before: journal.StepRow | undefined,
): Promise<Ended> => {
  const { clock, database, definition, log, operation, settings } = work
  const { position, step, now } = begun
  // After a restore the clouds may be further: what was to be taken back may stand anew, in use, and is looked for.
  const isForgotten = operation.doubtful && before?.remaking === true
  if (before?.remaking && before.remadeFor && !isForgotten)
    return remake(work, context, begun, before, { row: before, refused: { ok: false, fault: before.remadeFor } })
  const running = { now, begun: limitFrom(before, now), attempts: before?.attempts ?? 1 }
  const handle = isForgotten ? null : (before?.handle ?? null)
  const remade = Boolean(before?.remadeFor)
  const made = await runStep(work, context, begun, before, { ...running, handle, remade })
  if (made.ok || !isSpoilt(made.fault) || !step.remake || remade) return made
  const why = made.fault
  log.warn({ operation: operation.id, step: step.name, fault: why }, 'making it again')
  const progress = progressAt(work, { position, name: step.name })
  const it = { id: operation.id, owner: settings.owner, position, why, now: clock.now(), progress }
  const row = await journal.beginRemake(database.plain, it)
  if (!row) throw new Abandoned('lease lost')
  settings.at?.(definition.name, step.name, 'remaking')
  return remake(work, context, begun, before, { row, refused: made })
}
