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

/** Against the direction of the work, as a relay needs it. */
const points = [
  'resource-rename/change-name/effected',
  'resource-rename/change-name/begun',
  'resource-rename/rename-on-cloud/effected',
  'resource-rename/rename-on-cloud/begun',
  'server-reboot/reboot-server/effected',
  'server-reboot/reboot-server/begun',
]

describe('a server of ours killed while it reboots or renames one on a cloud', () => {
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
