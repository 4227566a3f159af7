import { requestList, resourceHistory, serverRename, serverStop, volumeExtend } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formal, problemOf, resourceOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

test('what happened to a resource is told in order, page by page, and who did it only to those who may know', async () => {
  const { id } = await formal(world)
  const [server, volume] = [await resourceOf(world, id, 'server'), await resourceOf(world, id, 'volume')]
  const params = { serverId: server.id }
  const completed = async (asked: Promise<{ id: string }>) => world.requestIn((await asked).id, 'completed')
  const stopped = await completed(world.call('department', serverStop, { params, body: {} }))
  const renamed = await completed(world.call('department', serverRename, { params, body: { name: 'renamed' } }))
  await completed(world.call('department', volumeExtend, { params: { volumeId: volume.id }, body: { sizeGib: 20 } }))

  const history = (login: string, query: { limit?: number; cursor?: string } = {}) =>
    world.call(login, resourceHistory, { params: { resourceId: server.id }, query })
  const { items } = await history('department')
  expect(items.map((it) => it.changeKind ?? it.operation)).toEqual([
    'resource.renamed',
    'rename-server',
    'stop',
    'server.create',
    'request.create',
  ])
  expect(items.filter((it) => it.requestId !== null)).toMatchObject([
    { requestId: renamed.id, state: 'completed' },
    { requestId: stopped.id, state: 'completed' },
    { requestId: id, state: 'formal' },
  ])
  expect(items.filter((it) => it.by !== null).map((it) => it.requestId)).toEqual([renamed.id, stopped.id, id])
  expect(items.every((it) => it.after === null)).toBe(true)
  const whole = await history('auditor')
  expect(whole.items.find((it) => it.operation === 'resource.renamed')).toMatchObject({ after: { name: 'renamed' } })

  const paged: unknown[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await history('department', { limit: 2, ...(cursor ? { cursor } : {}) })
    paged.push(...page.items)
    cursor = page.nextCursor
  }
  expect(paged).toEqual(items)
  expect(await problemOf(history('other'))).toMatchObject({ code: 'not-found' })

  const about = await world.call('department', requestList, { query: { resourceId: server.id } })
  expect(about.items.map((it) => it.id)).toEqual([renamed.id, stopped.id, id])
  expect((await world.call('other', requestList, { query: { resourceId: server.id } })).items).toEqual([])
})
