import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, fault } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'
import { asFault, isContention, isDatabaseFault, type Tx } from '../database/index.ts'
import type { SagaEnd } from './saga.ts'
import { type Begun, type Context, makeStep, progressAt, takeStepBack } from './step.ts'
import * as journal from './store.ts'
import { backoffMs, crashLimit } from './until-ended.ts'
import { Abandoned, type Work } from './work.ts'

interface Failed {
  readonly fault: Fault
  readonly position: number
}

const contextOf = ({ operation, definition, outputs, recalled, settings: { owner } }: Work): Context => ({
  operationId: operation.id,
  input: operation.input,
  act: programAct(definition.name, 'operation.run', operation.startedBy.trace, operation.startedBy.login),
  output: <T>(step: string) => (outputs.get(step) ?? null) as T | null, // the saga's own steps agree on the shape
  async recall<T>(key: string, read: () => Promise<T>) {
    if (!recalled.has(key)) recalled.set(key, await read())
    return recalled.get(key) as T // a key is always read by the same function
  },
  async holdFast(tx) {
    if ((await journal.holdFast(tx, operation.id, owner)) === 0) throw new Abandoned('lease lost')
  },
})

/** What the database says of itself, or of two in each other's way, is for whoever holds the transaction. */
const isTheirs = (error: unknown): boolean =>
  isContention(error) || isDatabaseFault(asFault(error)) || error instanceof FaultError || error instanceof Abandoned

/** A defect in a step on our own tables: nothing of its commit stands. */
class RowsCrashed extends Error {
  readonly position: number
  constructor(position: number, cause: unknown) {
    super('a step on rows crashed', { cause })
    this.position = position
  }
}

type Ended = journal.StepsOver['ended']
type Passed = journal.StepsOver['passed']

/** Does the steps on our own tables that come next, within the commit that will journal them. */
const passRows = async (
  { definition, outputs, settings }: Work,
  context: Context,
  tx: Tx,
  from: number,
): Promise<Passed> => {
  const passed: Passed[number][] = []
  for (let position = from; ; position++) {
    const step = definition.steps[position]
    if (!step || !('rows' in step)) return passed
    settings.at?.(definition.name, step.name, 'begun')
    const output = await step.rows(tx, context).catch((error: unknown) => {
      // What the database says is for whoever holds the transaction.
      throw isTheirs(error) ? error : new RowsCrashed(position, error)
    })
    settings.at?.(definition.name, step.name, 'effected')
    outputs.set(step.name, output)
    passed.push({ position, name: step.name, output: output ?? null })
  }
}

/** Tells whoever asked for it. What was left behind and is taken back again later, they know already. */
const finish = async (work: Work, tx: Tx, over: Pick<journal.StepsOver, 'ended' | 'passed'>, end: SagaEnd) => {
  const { clock, definition, operation, settings } = work
  const percent = end.state === 'succeeded' ? 100 : null
  const it = { id: operation.id, owner: settings.owner, now: clock.now(), ...over, state: end.state, percent }
  if (!(await journal.finish(tx, it))) throw new Abandoned('lease lost')
  if (operation.retakes === 0) await definition.ended(tx, { operationId: operation.id, input: operation.input }, end)
}

/** Journals the beginning of a step on a cloud; from then on a crash finds it begun. */
const begin = async (
  work: Work,
  tx: Tx,
  over: Pick<journal.StepsOver, 'ended' | 'passed'>,
  begins: { position: number; name: string },
): Promise<Date> => {
  const { clock, operation, settings } = work
  const now = clock.now()
  const progress = progressAt(work, begins)
  const ours = await journal.advance(tx, { id: operation.id, owner: settings.owner, now, ...over, begins, progress })
  if (!ours) throw new Abandoned('lease lost')
  return now
}

/**
 * From the end of one step on a cloud to the beginning of the next, in one commit with all on our own tables that lies
 * between them; null where nothing is left and the operation has ended with it.
 */
const goOn = async (work: Work, context: Context, ended: Ended, from: number): Promise<Begun | null> => {
  const { database, definition } = work
  const next = async (tx: Tx): Promise<Begun | null> => {
    const passed = await passRows(work, context, tx, from)
    const position = from + passed.length
    const step = definition.steps[position]
    if (step && 'run' in step) {
      const now = await begin(work, tx, { ended, passed }, { position, name: step.name })
      return { position, step, now }
    }
    await finish(work, tx, { ended, passed }, { state: 'succeeded' })
    return null
  }
  const step = definition.steps[from]
  return step && 'run' in step ? next(database.plain) : database.transaction(context.act, next)
}

/** A crash of ours on rows is passing a few times, as one on a cloud is. */
const goOnSafely = async (work: Work, context: Context, ended: Ended, from: number): Promise<Begun | Failed | null> => {
  for (let crashes = 1; ; crashes++) {
    try {
      return await goOn(work, context, ended, from)
    } catch (error) {
      if (!(error instanceof RowsCrashed)) throw error
      const step = work.definition.steps[error.position]?.name ?? ''
      work.log.error({ err: error.cause, operation: work.operation.id, step }, 'a step crashed')
      if (crashes >= crashLimit) return { fault: fault('step-crashed', { step }), position: error.position }
      await delay(backoffMs(crashes), undefined, { signal: work.signal }).catch(() => undefined) // goOn sees the stop
    }
  }
}

const forwards = async (work: Work, known: ReadonlyMap<number, journal.StepRow>): Promise<Failed | null> => {
  const { definition, operation, outputs, settings } = work
  const context = contextOf(work)
  let ended: Ended = null
  let from = operation.position
  for (;;) {
    if (work.signal.aborted) throw new Abandoned('stopping')
    const begun = await goOnSafely(work, context, ended, from)
    if (begun === null || 'fault' in begun) return begun
    const { position, step } = begun
    settings.at?.(definition.name, step.name, 'begun')
    const result = await makeStep(work, context, begun, known.get(position))
    if (!result.ok) return { fault: result.fault, position }
    settings.at?.(definition.name, step.name, 'effected')
    outputs.set(step.name, result.value)
    ended = { position, output: result.value }
    from = position + 1
  }
}

const unjournalled: journal.Attempted = { since: null, handle: null, attempts: 1 }

/** Takes back from a position down to the first step. What cannot be taken back is listed, and the rest still is. */
const backwards = async (work: Work, from: number): Promise<journal.Residue> => {
  const { database, clock, definition, operation, settings } = work
  const known = new Map((await journal.stepsOf(database.plain, operation.id)).map((row) => [row.position, row]))
  const context = contextOf(work)
  const residue = [...operation.residue]
  work.recalled.clear()
  for (let position = from; position >= 0; position--) {
    const step = definition.steps[position]
    if (!step) continue
    // A step on rows that crashed left no journal, but what was done before the operation may be its undo's to take back.
    const row = known.get(position) ?? (position === from && 'rows' in step ? unjournalled : null)
    if (!row) continue
    const undone = await takeStepBack(work, context, step, {
      position,
      row,
      leftover: residue.length > 0,
      begun: clock.now(),
    })
    if (!undone.ok) residue.push({ step: step.name, words: undone.fault.words ?? undone.fault.code })
    settings.at?.(definition.name, step.name, 'undone')
    const state = undone.ok ? 'undone' : 'residue'
    const saved = { id: operation.id, owner: settings.owner, position, state, residue, now: clock.now() } as const
    if (!(await journal.saveUndone(database.plain, saved))) throw new Abandoned('lease lost')
  }
  return residue
}

const failure = async (work: Work, known: ReadonlyMap<number, journal.StepRow>): Promise<Failed | null> => {
  const { database, clock, log, operation, settings } = work
  if (operation.state === 'undoing' && operation.fault) return { fault: operation.fault, position: operation.position }
  const failed = await forwards(work, known)
  if (failed) {
    log.warn({ operation: operation.id, saga: operation.saga, fault: failed.fault }, 'taking back')
    const { position, fault } = failed
    const begun = await journal.beginUndo(database.plain, operation.id, settings.owner, position, fault, clock.now())
    if (!begun) throw new Abandoned('lease lost')
  }
  return failed
}

/** Drives one claimed operation to its end: forwards, and backwards if a step fails for good. */
export const drive = async (claimed: Omit<Work, 'outputs' | 'recalled' | 'takenOverAt'>): Promise<void> => {
  const { database, clock, operation } = claimed
  const rows = operation.begun ? await journal.stepsOf(database.plain, operation.id) : []
  const outputs = new Map(rows.filter((row) => row.state === 'done').map((row) => [row.name, row.output]))
  const takenOverAt = rows.length > 0 ? clock.now() : null
  const work: Work = { ...claimed, outputs, recalled: new Map(), takenOverAt }
  const failed = await failure(work, new Map(rows.map((row) => [row.position, row])))
  if (!failed) return
  const residue = await backwards(work, failed.position)
  const state = residue.length > 0 ? 'failed-with-residue' : 'failed'
  await database.transaction(contextOf(work).act, (tx) =>
    finish(work, tx, { ended: null, passed: [] }, { state, fault: failed.fault }),
  )
}
