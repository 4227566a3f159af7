import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { waitUntil } from '../../../tests/world/world.ts'
import type { ClockWatch } from '../../kernel/clock.ts'
import { createDatabase } from '../database/index.ts'
import { canRead } from '../http/store.ts'
import { byCalendar, createLocks, createReconcilerRunner, reconciler } from './index.ts'
import { firstWaitMs } from './reconciler.ts'

let bare: BareDatabase
beforeAll(async () => {
  bare = await createBareDatabase()
})
afterAll(() => bare[Symbol.asyncDispose]())

/** As a process has it, with its own connection for the locks. */
const createRunner = (watch?: ClockWatch) => {
  const locks = createLocks({ url: bare.url, log: silent })
  const runner = createReconcilerRunner({ locks, log: silent, ...(watch ? { watch } : {}) })
  return {
    ...runner,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]()
      await locks[Symbol.asyncDispose]()
    },
  }
}

test('of several processes one at a time runs it', async () => {
  await using one = createRunner()
  await using other = createRunner()
  let atOnce = 0
  let most = 0
  let runs = 0
  const counting = reconciler('counting', 0, async () => {
    most = Math.max(most, ++atOnce)
    await new Promise((resolve) => setImmediate(resolve))
    runs += 1
    atOnce -= 1
  })
  for (const runner of [one, other]) runner.serve([counting])
  await Promise.all([one, other, one, other].map((runner) => runner.runNow('counting')))
  expect({ most, runs }).toEqual({ most: 1, runs: 4 })
})

test('more of them at once than the pool has connections leave these to what they do', async () => {
  await using runner = createRunner()
  await using database = createDatabase({ url: bare.url, connections: 2, log: silent })
  const names = Array.from({ length: 8 }, (_, index) => `of eight ${index}`)
  const allBegun = Promise.withResolvers<void>()
  let begun = 0
  let read = 0
  const work = async () => {
    if (++begun === names.length) allBegun.resolve()
    await allBegun.promise
    if (await canRead(database.plain)) read += 1
  }
  runner.serve(names.map((name) => reconciler(name, 0, work)))
  await Promise.all(names.map((name) => runner.runNow(name)))
  expect(read).toBe(8)
})

test('those of one period begin one after another, none later than its period', () => {
  const waits = Array.from({ length: 8 }, (_, index) => firstWaitMs(60_000, index, 8))
  expect(new Set(waits).size).toBe(8)
  expect(Math.max(...waits)).toBe(60_000)
})

test('when the connection of the locks is lost, another is made', async () => {
  await using runner = createRunner()
  let runs = 0
  runner.serve([reconciler('again', 0, async () => void runs++)])
  await runner.runNow('again')
  await rowsOf(
    bare.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yiduo-locks'`,
  )
  await waitUntil(async () => (await runner.runNow('again').catch(() => null)) !== null && runs >= 2)
})

test('one that fails is run again, and lets others go on', async () => {
  await using runner = createRunner()
  let failures = 0
  let runs = 0
  const failing = reconciler('failing', 10, async () => {
    failures += 1
    throw new Error('a defect')
  })
  const sound = reconciler('sound', 10, async () => {
    runs += 1
  })
  runner.serve([failing, sound])
  await waitUntil(async () => failures > 2 && runs > 2)
})

test('ending waits for the one that is running', async () => {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  let through = false
  const runner = createRunner()
  runner.serve([
    reconciler('slow', 5, async () => {
      begun.resolve()
      await gate.promise
      through = true
    }),
  ])
  await begun.promise
  const ended = runner[Symbol.asyncDispose]()
  gate.resolve()
  await ended
  expect(through).toBe(true)
})

test('what goes by the calendar rests while the clock is in doubt, and goes on after; the rest never stops', async () => {
  let [steady, looks] = [false, 0]
  const runs = { calendar: 0, other: 0 }
  const count = (which: keyof typeof runs) => async () => {
    runs[which] += 1
  }
  await using runner = createRunner({
    isSteady() {
      looks += 1
      return steady
    },
  })
  runner.serve([byCalendar(reconciler('by calendar', 20, count('calendar'))), reconciler('other', 20, count('other'))])
  await waitUntil(async () => looks >= 3 && runs.other > 0)
  expect(runs.calendar).toBe(0)
  steady = true
  await waitUntil(async () => runs.calendar > 0)
})
