import { randomUUID } from 'node:crypto'
import { encodeUuid, orphanList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, formal, problemOf, resourceOf } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const orphans = async () => {
  await world.yiduo.reconcilers.runNow('observation')
  return (await world.call('operator', orphanList, {})).items
}
const remark = (volumeId: string | null, mark: string) =>
  rowsOf(world.databaseUrl, 'update sim.volume set mark = $2 where id = $1', [volumeId, mark])

test('what carries our mark and belongs to nothing is listed until it is gone; what is not ours never is', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const volume = await resourceOf(world, id, 'volume')
  expect(await orphans()).toEqual([])
  await remark(volume.externalId, 'somebody-elses')
  expect(await orphans()).toEqual([])
  const stray = world.yiduo.markPrefix + encodeUuid(randomUUID())
  await remark(volume.externalId, stray)
  expect(await orphans()).toMatchObject([{ kind: 'volume', externalId: volume.externalId, mark: stray }])
  expect(await orphans()).toHaveLength(1)
  await rowsOf(world.databaseUrl, 'delete from sim.volume where id = $1', [volume.externalId])
  expect(await orphans()).toEqual([])
  expect(await problemOf(world.call('department', orphanList, {}))).toMatchObject({ status: 403 })
})

test('a project of nobody is listed with the network in it; the one that is held is not', async () => {
  await formal(world, { systemId: (await createSystem(world)).id })
  const stray = () => world.yiduo.markPrefix + encodeUuid(randomUUID())
  const [project] = await rowsOf<{ id: string }>(
    world.databaseUrl,
    `insert into sim.project (cloud, mark, name, created_at) values ($1, $2, 'left', now()) returning id`,
    [cloudName, stray()],
  )
  await rowsOf(
    world.databaseUrl,
    `insert into sim.network (cloud, project_id, mark, name, cidr, created_at)
     values ($1, $2, $3, 'left', '10.9.9.0/24', now())`,
    [cloudName, project?.id, stray()],
  )
  const found = (await orphans()).filter(({ name }) => name === 'left')
  expect(found.map(({ kind }) => kind).sort()).toEqual(['network', 'project', 'subnet'])
  expect((await orphans()).filter(({ kind }) => kind === 'project')).toHaveLength(1)
  for (const kind of ['network', 'project'])
    await rowsOf(world.databaseUrl, `delete from sim.${kind} where name = 'left'`)
  expect(await orphans()).toEqual([])
})

test('of two things with one mark the one that is not held is listed', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const [mine, other] = await Promise.all([
    resourceOf(world, id, 'volume'),
    formal(world, { systemId: (await createSystem(world)).id }).then((it) => resourceOf(world, it.id, 'volume')),
  ])
  // The simulated cloud takes a mark once only: what we hold changes instead.
  const held = 'update resources set external_id = $2 where external_id = $1'
  await rowsOf(world.databaseUrl, held, [mine.externalId, randomUUID()])
  const found = await orphans()
  expect(found).toMatchObject([{ kind: 'volume', externalId: mine.externalId }])
  expect(found.map((it) => it.externalId)).not.toContain(other.externalId)
})
