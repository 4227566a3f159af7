import { requestList, serverReboot, serverRename } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, resourceOf, tested } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { rowsOf } from '../world/statements.ts'
import { waitUntil } from '../world/world.ts'
import { createRelay, type Relay } from './relay.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const onRows = ['resource-rename/change-name']
const onClouds = ['resource-rename/rename-on-cloud', 'server-reboot/reboot-server']

// One moment a relay: whoever takes a step over begins it again, or on rows the one before it.
describe.each([
  { moment: 'effected', steps: onClouds },
  { moment: 'begun', steps: onClouds },
  { moment: 'effected', steps: onRows },
  { moment: 'begun', steps: onRows },
])('a server of ours killed when a step of $steps is $moment', ({ moment, steps }) => {
  const points = steps.map((step) => `${step}/${moment}`)
  let relay: Relay
  beforeAll(async () => {
    relay = await createRelay(stage, points)
  })
  afterAll(() => relay[Symbol.asyncDispose]())

  test.each(points)('at %s has it done, once, and by one name', async (point) => {
    const { databaseUrl } = stage.ground
    const { id } = await tested(relay.server, { systemId: (await createSystem(relay.server)).id })
    const { id: serverId, externalId } = await resourceOf(relay.server, id, 'server')
    const params = { serverId }
    const next = await relay.endsDuring((server) =>
      point.startsWith('server-reboot')
        ? server.call('department', serverReboot, { params, body: {} })
        : server.call('department', serverRename, { params, body: { name: '改名后' } }),
    )
    await waitUntil(async () => {
      const { items } = await next.call('department', requestList, { query: { kind: 'change' } })
      return items.find((it) => it.aboutRequestId === id)?.state === 'completed'
    })
    const [seen] = await rowsOf<{ reboots: number; name: string }>(
      databaseUrl,
      'select reboots, name from sim.server where id = $1',
      [externalId],
    )
    const { name } = await resourceOf(next, id, 'server')
    if (point.startsWith('server-reboot')) expect(seen?.reboots).toBe(1)
    else expect([name, seen?.name]).toEqual(['改名后', expect.stringContaining('改名后')])
    expect(await imbalances(databaseUrl)).toEqual([])
  })
})
