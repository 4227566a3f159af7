import { randomUUID } from 'node:crypto'
import { done, type Outcome } from '@yiduo/driver-api'
import { programAct } from '../../src/kernel/act.ts'
import { createShiftableClock } from '../../src/kernel/clock.ts'
import { operationChannel, type Saga, type SagaEnd, type StepContext, saga } from '../../src/platform/sagas/index.ts'
import { createSagaRunner, type RunnerSettings, type SagaRunner } from '../../src/platform/sagas/runner.ts'
import { type BareDatabase, createBareDatabase, silent } from './bare-database.ts'
import { rowsOf } from './statements.ts'
import { waitUntil } from './world.ts'

export interface SagaInput {
  readonly name: string
}
type Context = StepContext<SagaInput>

/** A saga whose steps write down what was asked of them; each of `answers` is given once, then `done`. */
export const recording = (
  name: string,
  steps: readonly string[],
  answers: Readonly<Record<string, readonly Outcome<unknown>[]>> = {},
) => {
  const calls: string[] = []
  const contexts: Context[] = []
  const left = new Map(Object.entries(answers).map(([key, given]) => [key, [...given]]))
  const answering =
    (key: string) =>
    async (context: Context): Promise<Outcome<unknown>> => {
      calls.push(key)
      contexts.push(context)
      return left.get(key)?.shift() ?? done(`${key} made`)
    }
  const ends: SagaEnd[] = []
  const definition = saga<SagaInput>(
    name,
    steps.map((step) => ({ name: step, run: answering(step), undo: answering(`undo ${step}`) })),
    async (_tx, _context, end) => {
      ends.push(end)
    },
  )
  return { definition, calls, contexts, ends }
}

interface OperationRow {
  readonly state: string
  readonly fault: { code: string; words?: string } | null
  readonly residue: { step: string; words: string }[]
}

/** Runners of sagas over a bare database. */
export interface SagaStage extends AsyncDisposable {
  readonly bare: BareDatabase
  readonly clock: ReturnType<typeof createShiftableClock>
  runnerOf(definition: Saga<SagaInput>, settings?: Partial<RunnerSettings>): SagaRunner
  /** Ends every runner: each puts its work down where it stands. */
  endRunners(): Promise<void>
  start(runner: SagaRunner, definition: Saga<SagaInput>, operationId?: string): Promise<string>
  operation(id: string): Promise<OperationRow | undefined>
  ended(id: string): Promise<OperationRow>
}

export const createSagaStage = async (): Promise<SagaStage> => {
  const bare = await createBareDatabase()
  const runners: SagaRunner[] = []
  let clock = createShiftableClock()
  const operation = async (id: string) =>
    (await rowsOf<OperationRow>(bare.url, 'select state, fault, residue from operations where id = $1', [id]))[0]
  const endRunners = async () => {
    for (const runner of runners.splice(0)) await runner[Symbol.asyncDispose]()
  }
  return {
    bare,
    get clock() {
      return clock
    },
    runnerOf(definition, settings = {}) {
      clock = createShiftableClock()
      const runner = createSagaRunner({
        database: bare.database,
        signals: bare.signals(operationChannel),
        clock,
        log: silent,
        settings: { leaseMs: 600, stepLimitMs: 60_000, limit: 10, ...settings },
      })
      runner.serve([definition as Saga<never>]) // as compose hands them over
      runners.push(runner)
      return runner
    },
    endRunners,
    async start(runner, definition, operationId = randomUUID()) {
      const { organisationId } = bare
      const ask = { operationId, input: { name: 'given' }, organisationId, subject: null }
      await bare.database.transaction(programAct('test', 'demonstration.make', 'trace-1', 'somebody'), async (tx) => {
        await runner.start(tx, definition, ask)
        return null
      })
      return operationId
    },
    operation,
    ended: (id) =>
      waitUntil(async () => {
        const row = await operation(id)
        return row && ['succeeded', 'failed', 'failed-with-residue'].includes(row.state) ? row : null
      }),
    async [Symbol.asyncDispose]() {
      await endRunners()
      await bare[Symbol.asyncDispose]()
    },
  }
}
