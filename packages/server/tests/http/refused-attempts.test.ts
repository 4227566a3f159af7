import {
  type AuditEntry,
  auditList,
  grantCreate,
  grantList,
  grantRevoke,
  personEnd,
  requestGet,
  sessionCreate,
  sessionGet,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { demonstrationPolicy } from '../../src/modules/identity/index.ts'
import { draft, problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, rawCall } from '../world/raw.ts'
import { agreed, password } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ environment: { YIDUO_TRUST_PROXY: '127.0.0.0/8', YIDUO_RATE_LOG_IN_NAME: '2/600' } })
})
afterAll(() => world[Symbol.asyncDispose]())

const refusedOf = async (actor: string): Promise<AuditEntry[]> =>
  (await world.call('auditadmin', auditList, { query: { actor, outcome: 'refused', limit: 100 } })).items

/** They are written within a second or two. */
const entryOf = (actor: string, like: { operation: string; code: string }): Promise<AuditEntry> =>
  world.until(async () =>
    (await refusedOf(actor)).find(
      (it) => it.operation === like.operation && (it.after as { code?: unknown }).code === like.code,
    ),
  )

test('what somebody may not do is on record though it was not done, and is no event', async () => {
  const personId = await addPerson(world.yiduo, 'curious', {
    role: 'department',
    at: world.province.department,
    reach: 'own',
  })
  const body = {
    personId,
    role: 'operator' as const,
    organisationId: world.province.province.id,
    reach: 'all' as const,
  }
  for (let times = 0; times < 10; times++)
    expect(await problemOf(world.call('curious', grantCreate, { body }))).toMatchObject({ code: 'not-permitted' })
  expect(await entryOf('curious', { operation: 'grant.create', code: 'not-permitted' })).toMatchObject({
    target: 'grant',
    organisationId: world.province.department.id,
    outcome: 'refused',
  })
  expect(await refusedOf('curious')).toHaveLength(1)
  world.clock.shift(61_000)
  const summed = await world.until(async () => {
    const all = await refusedOf('curious')
    return all.length === 2 && all[0]
  })
  expect(summed.after).toEqual({ code: 'not-permitted', more: 9 })
  await world.yiduo.reconcilers.runNow('audit-sealer')
  expect((await world.yiduo.rooms.trail.verify()).problem).toBeNull()
  const events = await world.yiduo.database.pool.query(
    `select from events where type = 'grant.create' and subject = 'grant'`,
  )
  expect(events.rowCount).toBe(0)
})

test('so is a look at what is another’s, by its id, and nothing else of what stood in the path', async () => {
  const { id } = await draft(world)
  expect(await problemOf(world.call('other', requestGet, { params: { requestId: id } }))).toMatchObject({ status: 404 })
  expect(await entryOf('other', { operation: 'request.get', code: 'not-found' })).toMatchObject({ target: id })
  const token = await world.tokenOf('other')
  await rawCall(world, 'GET', '/api/v1/grants/my-secret-words', { token })
  await rawCall(world, 'DELETE', '/api/v1/grants/my-secret-words', { token })
  await entryOf('other', { operation: 'grant.revoke', code: 'not-permitted' })
  expect(JSON.stringify(await refusedOf('other'))).not.toContain('my-secret-words')
})

test('so is the want of a second factor, and what duties and organisations forbid', async () => {
  const set = async (it: Partial<typeof demonstrationPolicy>) =>
    agreed(
      await world.yiduo.rooms.identity.setPolicy(
        programAct('test', 'demonstration.make', 'test'),
        { ...demonstrationPolicy, ...it },
        null,
      ),
    )
  const own = (await world.call('secadmin', sessionGet, {})).person.id
  const end = () => problemOf(world.call('sysadmin', personEnd, { params: { personId: own } }))
  const { items } = await world.call('secadmin', grantList, { query: { limit: 100 } })
  for (const it of items.filter(({ role, personId }) => role === 'security-admin' && personId !== own))
    await world.call('secadmin', grantRevoke, { params: { grantId: it.id } })
  expect(await end()).toMatchObject({ code: 'last-security-admin' })
  expect(await entryOf('sysadmin', { operation: 'person.end', code: 'last-security-admin' })).toMatchObject({
    target: own,
  })
  await set({ secondFactorRoles: ['system-admin'], stepUpMinutes: 10 })
  expect(await end()).toMatchObject({ code: 'second-factor-set-up-required' })
  await entryOf('sysadmin', { operation: 'person.end', code: 'second-factor-set-up-required' })
  await set({})
})

test('so is a forged token, and a limit that was met, by the address alone; a mere passer-by is not', async () => {
  const get = (headers: Record<string, string>) => rawCall(world, 'GET', pathWith(systemList), { headers })
  await get({ 'x-forwarded-for': '203.0.113.5' })
  await get({ 'x-forwarded-for': '203.0.113.6', authorization: 'Bearer yds_forged' })
  const body = { login: 'whoever', password }
  for (let times = 0; times < 4; times++)
    await rawCall(world, 'POST', pathWith(sessionCreate), { body, headers: { 'x-forwarded-for': '203.0.113.7' } })
  const limited = await entryOf('nobody', { operation: 'session.create', code: 'too-many-requests' })
  expect(limited.address).toBe('203.0.113.7')
  expect(await entryOf('nobody', { operation: 'system.list', code: 'not-signed-in' })).toMatchObject({
    address: '203.0.113.6',
    organisationId: null,
  })
  const all = JSON.stringify(await refusedOf('nobody'))
  expect(all).not.toContain('yds_forged')
  expect(all).not.toContain('203.0.113.5')
  expect(all).not.toContain('whoever')
})
