import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { waitUntil } from '../../../tests/world/world.ts'
import { createReconcilerRunner, reconciler } from './index.ts'

let bare: BareDatabase
beforeAll(async () => {
  bare = await createBareDatabase()
})
afterAll(() => bare[Symbol.asyncDispose]())

const createRunner = () => createReconcilerRunner({ database: bare.database, log: silent })

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
