import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, submit } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { createRelay, type Relay } from './relay.ts'
import { provisionRows, provisionSteps } from './saga-steps.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const onClouds = provisionSteps.filter((step) => !provisionRows.includes(step))

// On a cloud, begun: the journal says so, the effect was not made; effected: it was made, and the journal does not
// know. On rows both are within one commit: nothing of it stands.
describe.each([
  { moment: 'effected', on: 'clouds', steps: onClouds },
  { moment: 'begun', on: 'clouds', steps: onClouds },
  { moment: 'effected', on: 'rows', steps: provisionRows },
  { moment: 'begun', on: 'rows', steps: provisionRows },
])('a server killed when a step of a provision on $on is $moment', ({ moment, steps }) => {
  const points = steps.map((step) => `server-create/${step}/${moment}`).reverse()
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
