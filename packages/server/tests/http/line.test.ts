import {
  billGet,
  requestApprove,
  requestCreate,
  requestPassTest,
  requestQuote,
  requestReclaim,
  requestSubmit,
  resourceList,
  serverResize,
  volumeExtend,
} from '@yiduo/contract'
import { expect, test } from 'vitest'
import { purged } from '../world/orders.ts'
import { connectTestCloud, createWorld } from '../world/world.ts'

test('a request walks all eight steps and leaves nothing on the cloud', async () => {
  await using world = await createWorld()
  await connectTestCloud(world)
  const { province } = world
  const { small, medium } = province.plans
  const body = {
    systemId: province.system.id,
    lines: [{ planId: small.id, name: '核对-1', quantity: 1, dataVolumeGib: 10, publicAddress: true }],
  }
  const quote = await world.call('department', requestQuote, { body })
  expect(quote).toMatchObject({
    refusals: [],
    approvedByRule: true,
    monthlyPriceYuanE4: 400_000 + 300_000 + 90_000 + 300_000,
  })

  const draft = await world.call('department', requestCreate, { body })
  const sent = await world.call('department', requestSubmit, { params: { requestId: draft.id }, body: {} })
  expect(sent.state).toBe('delivering')
  const testing = await world.requestIn(draft.id, 'testing', 'delivery-failed')
  expect(testing).toMatchObject({ state: 'testing', fault: null })
  const query = { requestId: draft.id }
  const made = await world.call('department', resourceList, { query })
  expect(made.items.map((it) => [it.kind, it.state]).sort()).toEqual([
    ['address', 'test'],
    ['server', 'test'],
    ['volume', 'test'],
  ])

  await world.call('department', requestPassTest, { params: { requestId: draft.id }, body: {} })
  const server = made.items.find((it) => it.kind === 'server')
  const volume = made.items.find((it) => it.kind === 'volume')
  const resize = await world.call('department', serverResize, {
    params: { serverId: server?.id ?? '' },
    body: { planId: medium.id },
  })
  await world.requestIn(resize.id, 'completed')
  const extend = await world.call('department', volumeExtend, {
    params: { volumeId: volume?.id ?? '' },
    body: { sizeGib: 20 },
  })
  await world.requestIn(extend.id, 'completed')
  const after = await world.call('department', resourceList, { query })
  expect(after.items.find((it) => it.kind === 'server')).toMatchObject({
    state: 'formal',
    desired: { vcpus: 2 },
    observed: { vcpus: 2 },
  })
  expect(after.items.find((it) => it.kind === 'volume')).toMatchObject({
    desired: { sizeGib: 20 },
    observed: { sizeGib: 20 },
  })

  world.shift(60_000) // less than a second is no use
  const reclaim = await world.call('department', requestReclaim, {
    params: { requestId: draft.id },
    body: { remark: '系统下线' },
  })
  await world.call('operator', requestApprove, { params: { requestId: reclaim.id }, body: {} })
  await purged(world, draft.id)
  await world.requestIn(reclaim.id, 'completed')
  expect((await world.call('department', resourceList, { query })).items).toEqual([])

  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
  const bill = await world.call('department', billGet, { params: { organisationId: province.department.id, month } })
  expect(bill.state).toBe('provisional')
  expect(bill.lines.length).toBeGreaterThan(0)
})
