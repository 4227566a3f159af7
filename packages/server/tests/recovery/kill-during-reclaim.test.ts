import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, tested } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { nothingThere, thingsOf } from '../world/things.ts'
import { createRelay, type Relay } from './relay.ts'
import { reclaimSteps } from './saga-steps.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

describe.each(['effected', 'begun'])('a server killed when a step of a reclaim is %s', (moment) => {
  const points = reclaimSteps.map((step) => `server-reclaim@2/${step}/${moment}`).reverse()
  let relay: Relay
  beforeAll(async () => {
    relay = await createRelay(stage, points)
  })
  afterAll(() => relay[Symbol.asyncDispose]())

  test.each(points)('at %s leaves nothing', async () => {
    const { databaseUrl } = stage.ground
    const system = await createSystem(relay.server)
    const { id } = await tested(relay.server, { systemId: system.id })
    const next = await relay.endsDuring((server) => askReclaim(server, id))
    expect(await next.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed', fault: null })
    expect(await thingsOf(databaseUrl, system.name)).toEqual(nothingThere)
    expect(await imbalances(databaseUrl)).toEqual([])
  })
})
