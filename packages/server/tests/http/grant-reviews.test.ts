import { grantReviewKeep, grantReviewList, grantRevoke, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { createGround } from '../world/ground.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const dayMs = 86_400_000
const reviews = async (query: { due?: boolean; unused?: boolean; personId?: string }, login = 'secadmin') =>
  (await world.call(login, grantReviewList, { query: { ...query, limit: 500 } })).items
const reviewOf = async (personId: string) => {
  const [found] = await reviews({ personId })
  if (!found) throw new Error('the grant is not listed')
  return found
}
const keep = (login: string, grantId: string) =>
  world.call(login, grantReviewKeep, { params: { grantId }, body: { remark: '仍在岗' } })

test('a grant is due half a year after it was given, and again half a year after it was looked over', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'long-serving', { role: 'auditor', at: department, reach: 'own' })
  expect(await reviewOf(personId)).toMatchObject({ login: 'long-serving', due: false, unused: false })
  world.shift(183 * dayMs)
  const due = await reviewOf(personId)
  expect(due).toMatchObject({ due: true, unused: true })
  expect((await reviews({ due: true })).map(({ id }) => id)).toContain(due.id)

  expect(await keep('secadmin', due.id)).toMatchObject({ due: false, unused: true })
  expect((await reviews({ due: true })).map(({ id }) => id)).not.toContain(due.id)
  expect((await reviews({ due: false })).map(({ id }) => id)).toContain(due.id)
  world.shift(183 * dayMs)
  expect((await reviewOf(personId)).due).toBe(true)
})

test('one that is used is not marked, and the last use is remembered to a minute', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'busy', { role: 'auditor', at: department, reach: 'own' })
  world.shift(200 * dayMs)
  const before = world.clock.now().getTime()
  await world.call('busy', systemList, {})
  expect((await reviewOf(personId)).unused).toBe(true) // not written yet
  await world.yiduo.grantUse.flush()
  const used = await reviewOf(personId)
  expect(used).toMatchObject({ due: true, unused: false })
  expect(Date.parse(used.grant.lastUsedAt ?? '')).toBeGreaterThanOrEqual(before)
  expect((await reviews({ unused: true })).map(({ id }) => id)).not.toContain(used.id)
  expect((await reviews({ unused: false })).map(({ id }) => id)).toContain(used.id)
})

test('the longest unused come first, page by page, and each says who looked it over', async () => {
  const { department } = world.province
  const older = await addPerson(world.yiduo, 'idle-longest', { role: 'auditor', at: department, reach: 'own' })
  world.shift(dayMs)
  const newer = await addPerson(world.yiduo, 'idle-shorter', { role: 'auditor', at: department, reach: 'own' })
  const inOrder: string[] = []
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) }
    const { items, nextCursor } = await world.call('secadmin', grantReviewList, { query })
    inOrder.push(...items.map(({ grant }) => grant.personId))
    if (nextCursor === null) break
    cursor = nextCursor
  }
  expect(inOrder.filter((it) => [older, newer].includes(it))).toEqual([older, newer])
  expect(inOrder).toHaveLength((await reviews({})).length)
  const { id, reviewedBy } = await reviewOf(older)
  expect(reviewedBy).toBeNull()
  expect(await keep('secadmin', id)).toMatchObject({ login: 'idle-longest', reviewedBy: 'secadmin' })
})

test('an act that a grant does not allow is no use of it', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'refused', { role: 'auditor', at: department, reach: 'own' })
  await problemOf(world.call('refused', grantReviewList, {}))
  await world.yiduo.grantUse.flush()
  expect((await reviewOf(personId)).grant.lastUsedAt).toBeNull()
})

test('the audit administrator sees what nobody looked over, and changes nothing', async () => {
  const { items } = agreed(
    await world.yiduo.rooms.identity.listGrants(programAct('test', 'demonstration.make', 'test'), { limit: 1 }),
  )
  expect((await reviews({}, 'auditadmin')).length).toBeGreaterThan(0)
  expect(await problemOf(keep('auditadmin', items[0]?.id ?? ''))).toMatchObject({ status: 403, code: 'not-permitted' })
})

test('what ended or was revoked is neither listed nor kept', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'gone', { role: 'auditor', at: department, reach: 'own' })
  const { id } = await reviewOf(personId)
  await world.call('secadmin', grantRevoke, { params: { grantId: id } })
  expect(await reviews({ personId })).toEqual([])
  expect(await problemOf(keep('secadmin', id))).toMatchObject({ status: 404 })
})

test('the last use is written when the server stops, and never set back', async () => {
  await using ground = await createGround()
  const lastUses = () =>
    rowsOf<{ last_used_at: Date | null }>(
      ground.databaseUrl,
      "select g.last_used_at from grants g join people p on p.id = g.person_id where p.login = 'operator'",
    )
  {
    await using stopping = await createWorld({ ground })
    await stopping.call('operator', systemList, {})
    expect(await lastUses()).toEqual([{ last_used_at: null }])
  }
  const [written] = await lastUses()
  expect(written?.last_used_at).not.toBeNull()
})
