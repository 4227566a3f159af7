import { expect, onTestFinished, test } from 'vitest'
import { createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { createDatabase, ring } from '../database/index.ts'
import { createSignals, type Signals } from './listener.ts'

const channel = 'yiduo_test'

/** Resolves at the next ring; every connection rings once when it has begun to listen. */
const rung = (signals: Signals): Promise<void> =>
  new Promise((resolve) => {
    const off = signals.on(channel, () => {
      off()
      resolve()
    })
  })

const twoProcesses = async () => {
  const bare = await createBareDatabase()
  const here = createSignals({ url: bare.url, channels: [channel], log: silent })
  const elsewhere = createSignals({ url: bare.url, channels: [channel], log: silent })
  const database = createDatabase({ url: bare.url, connections: 2, log: silent, ring: here.ring })
  onTestFinished(async () => {
    await Promise.all([here, elsewhere, database].map((it) => it[Symbol.asyncDispose]()))
    await bare[Symbol.asyncDispose]()
  })
  await Promise.all([rung(here), rung(elsewhere)])
  return { here, elsewhere, database }
}

test('what is committed wakes who waits in this process and in another', async () => {
  const { here, elsewhere, database } = await twoProcesses()
  const woken = Promise.all([rung(here), rung(elsewhere)])
  await database.unrecorded(async (tx) => ring(tx, channel))
  await woken
})

test('nobody is woken before the commit, for then there is nothing to see, nor by what is taken back', async () => {
  const { here, database } = await twoProcesses()
  let rings = 0
  here.on(channel, () => rings++)
  const failing = database.unrecorded(async (tx) => {
    ring(tx, channel)
    throw new Error('taken back')
  })
  await expect(failing).rejects.toThrow('taken back')
  await database.unrecorded(async (tx) => {
    ring(tx, channel)
    expect(rings).toBe(0)
  })
  expect(rings).toBe(1)
})
