import { systemCreate, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { createWorld, type World } from '../world/world.ts'

const names = Array.from({ length: 25 }, (_, index) => `系统 ${index}`)

let world: World
beforeAll(async () => {
  world = await createWorld()
  for (const name of names) await create(name)
})
afterAll(() => world[Symbol.asyncDispose]())

const create = (name: string) =>
  world.call('department', systemCreate, {
    body: { organisationId: world.province.department.id, name, securityGrade: 1 },
  })

const page = (limit: number, cursor?: string) =>
  world.call('department', systemList, { query: { limit, ...(cursor === undefined ? {} : { cursor }) } })

const walk = async (limit: number, between: () => Promise<unknown> = async () => undefined): Promise<string[]> => {
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await page(limit, cursor)
    expect(items.length).toBeLessThanOrEqual(limit)
    seen.push(...items.map((it) => it.name))
    if (nextCursor === null) return seen
    cursor = nextCursor
    await between()
  }
}

const newestFirst = [...names].reverse().concat('低保核对系统')

test.each([1, 7, 13, 26, 500])('pages of %i show everything once, the newest first', async (limit) => {
  expect(await walk(limit)).toEqual(newestFirst)
})

test('what is made while somebody pages neither shifts nor repeats the rest', async () => {
  let made = 0
  const seen = await walk(10, () => create(`中途 ${made++}`))
  expect(made).toBeGreaterThan(0)
  expect(seen).toEqual(newestFirst)
})

test.each(['nonsense', '01ja8kz5v0e8y9m2n4p6q8r0s', '../../etc', '%00', 'zzzzzzzzzzzzzzzzzzzzzzzzzz'])(
  'the cursor %s is refused',
  async (cursor) => {
    const answer = await rawCall(world, 'GET', `${pathWith(systemList)}?cursor=${cursor}`, {
      token: await world.tokenOf('department'),
    })
    expect(problemIn(answer)).toMatchObject({ status: 400 })
    expect(['cursor-invalid', 'input-invalid']).toContain(problemIn(answer).code)
  },
)

test.each(['0', '-1', '501', '1e9', 'all'])('the limit %s is refused', async (limit) => {
  const answer = await rawCall(world, 'GET', `${pathWith(systemList)}?limit=${limit}`, {
    token: await world.tokenOf('department'),
  })
  expect(problemIn(answer)).toMatchObject({ status: 400, code: 'input-invalid' })
})
