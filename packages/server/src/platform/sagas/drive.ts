import { type Fault, toId } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import type { Nothing, SagaEnd, StepContext } from './saga.ts'
import * as journal from './store.ts'
import { untilEnded } from './until-ended.ts'
import { Abandoned, type Work } from './work.ts'

/**
 * The time away of a process that died does not count against a step: whoever takes it over has the whole limit. A
 * step that so many have taken over is more likely what kills them, and is given up by the limit from its first call.
 */
const patientTakeovers = 10

interface Failed {
  readonly fault: Fault
  readonly position: number
}

type Context = Omit<StepContext<unknown>, 'attempt' | 'leftover'>

const contextOf = ({ operation, definition, outputs, settings: { owner } }: Work): Context => ({
  operationId: operation.id,
  input: operation.input,
  act: programAct(definition.name, definition.name, operation.startedBy.trace, operation.startedBy.login),
  output: <T>(step: string) => (outputs.get(step) ?? null) as T | null, // the saga's own steps agree on the shape
  async holdFast(tx) {
    if ((await journal.holdFast(tx, operation.id, owner)) === 0) throw new Abandoned('lease lost')
  },
})

const isNothing = (undo: object): undo is Nothing => 'nothing' in undo

/** Journals the end of one step and the beginning of the next; from then on a crash finds the next one begun. */
const advance = async (
  work: Work,
  ended: { position: number; output: unknown } | null,
  position: number,
): Promise<Date> => {
  const { database, clock, settings, definition, operation } = work
  const now = clock.now()
  const step = definition.steps[position]
  const ours = await journal.advance(database.plain, {
    id: operation.id,
    owner: settings.owner,
    now,
    ended,
    begins: step ? { position, name: step.name } : null,
    progress: {
      id: toId('operation', operation.id),
      state: 'running',
      step: step?.name ?? '',
      percent: Math.round((100 * position) / definition.steps.length),
    },
  })
  if (!ours) throw new Abandoned('lease lost')
  return now
}

const forwards = async (work: Work, known: ReadonlyMap<number, journal.StepRow>): Promise<Failed | null> => {
  const { definition, operation, outputs, settings } = work
  const context = contextOf(work)
  let ended: { position: number; output: unknown } | null = null
  for (const [position, step] of definition.steps.entries()) {
    if (position < operation.position) continue
    const now = await advance(work, ended, position)
    settings.at?.(definition.name, step.name, 'begun')
    const before = known.get(position)
    const result = await untilEnded(work, {
      step: step.name,
      position,
      call: (attempt) => step.run({ ...context, attempt, leftover: false }),
      // Whoever had it before may have made a call in its very last moment: what is in flight is judged from now.
      attempt: { since: before || operation.doubtful ? now : null, handle: before?.handle ?? null },
      since: now,
      begun: (before?.takeovers ?? 0) < patientTakeovers ? now : (before?.since ?? now),
      attempts: before?.attempts ?? 1,
    })
    if (!result.ok) return { fault: result.fault, position }
    settings.at?.(definition.name, step.name, 'effected')
    outputs.set(step.name, result.value)
    ended = { position, output: result.value }
  }
  if (ended) await advance(work, ended, definition.steps.length)
  return null
}

/** Takes back from a position down to the first step. What cannot be taken back is listed, and the rest still is. */
const backwards = async (work: Work, from: number): Promise<journal.Residue> => {
  const { database, clock, definition, operation, settings } = work
  const known = new Map((await journal.stepsOf(database.plain, operation.id)).map((row) => [row.position, row]))
  const context = contextOf(work)
  const residue = [...operation.residue]
  for (let position = from; position >= 0; position--) {
    const step = definition.steps[position]
    const row = known.get(position)
    if (!step || !row) continue
    const { undo } = step
    // Whoever had it before may have made a call in its very last moment.
    const since = work.takenOverAt ?? row.since ?? clock.now()
    const undone = isNothing(undo)
      ? ({ ok: true, value: null } as const)
      : await untilEnded(work, {
          step: step.name,
          position,
          call: (attempt) => undo({ ...context, attempt, leftover: residue.length > 0 }),
          attempt: { since, handle: row.handle },
          since,
          begun: clock.now(),
          attempts: row.attempts,
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
export const drive = async (claimed: Omit<Work, 'outputs' | 'takenOverAt'>): Promise<void> => {
  const { database, clock, definition, operation, settings } = claimed
  const rows = await journal.stepsOf(database.plain, operation.id)
  const outputs = new Map(rows.filter((row) => row.state === 'done').map((row) => [row.name, row.output]))
  const work: Work = { ...claimed, outputs, takenOverAt: rows.length > 0 ? clock.now() : null }
  const failed = await failure(work, new Map(rows.map((row) => [row.position, row])))
  const residue = failed ? await backwards(work, failed.position) : []
  const end: SagaEnd = failed
    ? { state: residue.length > 0 ? 'failed-with-residue' : 'failed', fault: failed.fault }
    : { state: 'succeeded' }
  await database.transaction(contextOf(work).act, async (tx) => {
    const it = {
      id: operation.id,
      owner: settings.owner,
      state: end.state,
      percent: failed ? null : 100,
      now: clock.now(),
    }
    if (!(await journal.finish(tx, it))) throw new Abandoned('lease lost')
    if (operation.retakes === 0) await definition.ended(tx, { operationId: operation.id, input: operation.input }, end)
  })
}
