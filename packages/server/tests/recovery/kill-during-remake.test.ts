import { operationGet } from '@yiduo/contract'
import { orderFault } from '@yiduo/drivers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, submit } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { simDatabaseAt } from '../world/statements.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { cloudName } from '../world/world.ts'
import { createRelay, type Relay } from './relay.ts'

// Against the direction of the work, for the relay.
const points = ['begun-again', 'cleared', 'remaking'].map((moment) => `server-create/create-server/${moment}`)

let stage: Stage
let relay: Relay
beforeAll(async () => {
  stage = await createStage()
  relay = await createRelay(stage, points)
})
afterAll(async () => {
  await relay[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

test.each(points)('a server killed at %s makes what the cloud spoilt again, once', async () => {
  const { databaseUrl } = stage.ground
  const system = await createSystem(relay.server)
  const { id } = await draft(relay.server, { systemId: system.id })
  await orderFault(simDatabaseAt(databaseUrl), cloudName, { call: 'servers.create', mode: 'broken' })
  const next = await relay.endsDuring((server) => submit(server, id))
  const delivered = await next.requestIn(id, 'testing', 'delivery-failed')
  expect(delivered).toMatchObject({ state: 'testing', fault: null })
  const operation = await next.call('department', operationGet, {
    params: { operationId: delivered.lines[0]?.operationIds[0] ?? '' },
  })
  expect(operation.steps.filter((step) => step.remadeFor).map((step) => step.name)).toEqual(['create-server'])
  expect(await thingsOf(databaseUrl, system.name)).toEqual(oneSet)
  expect(await imbalances(databaseUrl)).toEqual([])
})
