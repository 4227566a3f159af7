import { operationGet } from '@yiduo/contract'
import { orderFault } from '@yiduo/drivers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, submit } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { simDatabaseAt } from '../world/statements.ts'
import { nothingThere, thingsOf } from '../world/things.ts'
import { cloudName } from '../world/world.ts'
import { createRelay, type Relay } from './relay.ts'
import { provisionSteps } from './saga-steps.ts'

// What fails is the last step that can: everything before it stands and must be taken back. The undoing goes from
// the last step to the first, so the points go from the first to the last.
const failing = 'bind-address'
const undone = provisionSteps.slice(0, provisionSteps.indexOf(failing) + 1)
const points = undone.map((step) => `server-create/${step}/undone`)

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

test.each(points)('a server killed at %s leaves nothing', async () => {
  const { databaseUrl } = stage.ground
  const system = await createSystem(relay.server)
  const { id } = await draft(relay.server, { systemId: system.id })
  await orderFault(simDatabaseAt(databaseUrl), cloudName, { call: 'addresses.bind', mode: 'denied' })
  const next = await relay.endsDuring((server) => submit(server, id))
  const failed = await next.requestIn(id, 'testing', 'delivery-failed')
  expect(failed).toMatchObject({ state: 'delivery-failed', fault: { code: 'cloud-permission-missing' } })
  const operation = await next.call('department', operationGet, {
    params: { operationId: failed.lines[0]?.operationIds[0] ?? '' },
  })
  expect(operation).toMatchObject({ state: 'failed', residue: [] })
  expect(await thingsOf(databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(databaseUrl)).toEqual([])
})
