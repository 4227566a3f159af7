import { requestList, systemCreate } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, order, problemOf, submit } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'
import { rowsOfAll } from './restored-world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    environment: { YIDUO_LEASE_MS: '1000' },
    cloud: { times: { serverBuildMs: 1_000, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 } },
  })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

/** PostgreSQL on a full disk: each row that is to be written is refused as its own storage refuses it. */
const fillDisk = async (): Promise<AsyncDisposable> => {
  await rowsOf(
    world.databaseUrl,
    `create function disk_full() returns trigger language plpgsql as $$
     begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
     do $$ declare it text; begin
       for it in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace
                 and relkind in ('r', 'p') and not relispartition loop
         execute format('create trigger disk_full before insert or update on %s for each row execute function disk_full()', it);
       end loop; end $$`,
  )
  return {
    [Symbol.asyncDispose]: async () => {
      await rowsOf(world.databaseUrl, 'drop function disk_full() cascade')
    },
  }
}

test('on a full disk every change is refused in words and whole, reading goes on, and what was under way goes on after', async () => {
  const system = await createSystem(world)
  const waiting = await draft(world, { systemId: system.id })
  const underWay = await createSystem(world)
  const { id } = await order(world, { systemId: underWay.id })
  await world.until(async () => (await thingsOf(world.databaseUrl, underWay.name)).servers === 1)
  {
    await using _full = await fillDisk()
    const before = await rowsOfAll(world.databaseUrl)
    const full = { status: 503, code: 'database-full' }
    const body = { organisationId: world.province.department.id, name: '没有地方', securityGrade: 2 }
    expect(await problemOf(world.call('department', systemCreate, { body }))).toMatchObject(full)
    expect(await problemOf(submit(world, waiting.id))).toMatchObject(full)
    expect((await world.call('department', requestList, {})).items.map((it) => it.id)).toContain(waiting.id)
    // Its lease runs out: nobody could renew it, and nobody takes it over either.
    await world.until(async () => {
      const [late] = await rowsOf(
        world.databaseUrl,
        'select from operations where ended_at is null and lease_until < clock_timestamp()',
      )
      return late !== undefined
    })
    expect(await rowsOfAll(world.databaseUrl)).toEqual(before)
  }
  await world.requestIn(id, 'testing')
  await submit(world, waiting.id)
  await world.requestIn(waiting.id, 'testing')
  for (const { name } of [system, underWay]) expect(await thingsOf(world.databaseUrl, name)).toEqual(oneSet)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})
