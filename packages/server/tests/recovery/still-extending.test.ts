import { operationGet, requestRetry, type ServiceRequest, volumeExtend } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Alterations, createAlteredWorld } from '../world/altered-cloud.ts'
import { imbalances } from '../world/books.ts'
import { createSystem, formal, resourceOf } from '../world/orders.ts'
import { connectTestCloud, type World } from '../world/world.ts'

let world: World
const altered: Alterations = {}
beforeAll(async () => {
  world = await createAlteredWorld(altered)
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const operationOf = (request: ServiceRequest) =>
  world.call('operator', operationGet, { params: { operationId: request.lines[0]?.operationIds.at(-1) ?? '' } })

test('a volume that still extends when its step is given up is waited for, held and charged as what it becomes', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const volume = await resourceOf(world, id, 'volume')
  let looks = 0
  // What a cloud shows while it extends: its state says so, the size is still the old one.
  altered.get = async (kind, externalId) => ({
    outcome: 'done',
    value: {
      kind,
      externalId,
      mark: null,
      name: '',
      projectId: null,
      state: ++looks < 3 ? 'resizing' : 'active',
      nativeState: looks < 3 ? 'extending' : 'in-use',
      facts: { sizeGib: looks < 3 ? 10 : 40 },
      createdAt: null,
    },
  })
  await world.fault({ call: 'volumes.extend', mode: 'lostAfter' })
  await world.fault({ call: 'volumes.extend', mode: 'denied' })
  const change = await world.call('department', volumeExtend, {
    params: { volumeId: volume.id },
    body: { sizeGib: 40 },
  })
  const failed = await world.requestIn(change.id, 'delivery-failed')
  expect(await operationOf(failed)).toMatchObject({ state: 'failed', residue: [] })
  expect(looks).toBe(3)
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 40 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
  delete altered.get
  await world.call('operator', requestRetry, { params: { requestId: change.id }, body: {} })
  await world.requestIn(change.id, 'completed')
})
