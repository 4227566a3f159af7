import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, submit } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { createRelay, type Relay } from './relay.ts'
import { provisionSteps } from './saga-steps.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

// begun: the journal says so, the effect was not made; effected: it was made, and the journal does not know.
describe.each(['effected', 'begun'])('a server killed when a step of a provision is %s', (moment) => {
  const points = provisionSteps.map((step) => `server-create/${step}/${moment}`).reverse()
  let relay: Relay
  beforeAll(async () => {
    relay = await createRelay(stage, points)
  })
  afterAll(() => relay[Symbol.asyncDispose]())

  test.each(points)('at %s leaves exactly one set of things', async () => {
    const { databaseUrl } = stage.ground
    const system = await createSystem(relay.server)
    const { id } = await draft(relay.server, { systemId: system.id })
    const next = await relay.endsDuring((server) => submit(server, id))
    expect(await next.requestIn(id, 'testing', 'delivery-failed')).toMatchObject({ state: 'testing', fault: null })
    expect(await thingsOf(databaseUrl, system.name)).toEqual(oneSet)
    expect(await imbalances(databaseUrl)).toEqual([])
  })
})
