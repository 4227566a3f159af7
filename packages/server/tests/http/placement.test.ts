import { placementExplain, placementPreview, poolList, requestApprove } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, createSystem, draft, problemOf, submit } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2 })
  platformId = await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const explain = async (requestId: string, login = 'operator') =>
  (await world.call(login, placementExplain, { params: { requestId } })).items

const promised = async () => (await world.call('operator', poolList, {})).items.map((it) => it.vcpus.promised)

test('what waits for approval is told where it would go, and afterwards where it went and why', async () => {
  const { plans } = world.province
  const request = await submit(world, (await draft(world, { planId: plans.large.id })).id)
  const [before] = await explain(request.id)
  expect(before).toMatchObject({
    lineId: request.lines[0]?.id,
    lineName: request.lines[0]?.name,
    decided: false,
    considered: 1,
    rejections: [],
    runnersUp: [],
    chosen: { platformId, platformName: '测试云平台', architecture: 'x86-64' },
  })
  expect(before?.chosen?.scores.map((it) => [it.scorer, it.message])).toEqual([
    ['own-city', 'of the same level'],
    ['most-room', 'room left'],
  ])
  await world.call('operator', requestApprove, { params: { requestId: request.id }, body: {} })
  await world.requestIn(request.id, 'testing')
  const [after] = await explain(request.id, 'department')
  // The decision, as it was made: not what it would come to now that it holds room itself.
  expect(after).toEqual({ ...before, decided: true })
})

test('trying takes nothing, and says of each rule why nothing fits', async () => {
  const { plans } = world.province
  const system = await createSystem(world)
  const before = await promised()
  const fits = { ...bodyOf(world, { planId: plans.small.id }), systemId: system.id }
  const { items } = await world.call('department', placementPreview, { body: fits })
  expect(items).toMatchObject([{ lineId: null, decided: false, chosen: { platformId } }])
  const many = { ...bodyOf(world, { planId: plans.large.id, quantity: 40 }), systemId: system.id }
  const { items: refused } = await world.call('department', placementPreview, { body: many })
  expect(refused).toMatchObject([
    {
      chosen: null,
      runnersUp: [],
      considered: 1,
      rejections: [{ code: 'vcpus-short', message: 'too few cores free', pools: 1 }],
    },
  ])
  expect(await promised()).toEqual(before)
})

test('a request that is not there, or asks for nothing that could be had, is said to be so', async () => {
  const none = world.call('operator', placementExplain, { params: { requestId: 'req_00000000000000000000000000' } })
  expect(await problemOf(none)).toMatchObject({ status: 404, code: 'not-found' })
  const body = bodyOf(world, { planId: world.province.plans.small.id, imageName: 'no-such-linux' })
  expect(await problemOf(world.call('department', placementPreview, { body }))).toMatchObject({
    status: 400,
    code: 'image-not-offered',
  })
})
