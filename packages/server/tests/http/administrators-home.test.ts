import {
  emergencyAccessBegin,
  findingAnswer,
  findingOrder,
  findingRaise,
  grantConfirm,
  grantCreate,
  grantList,
  grantReviewKeep,
  grantReviewList,
  type Home,
  homeGet,
  identityProviderCreate,
  identityProviderEnable,
  identityProviderSetRules,
  type Person,
  personCreate,
  personList,
  serviceTokenCreate,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson } from '../world/people.ts'
import { password } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000

let world: World
beforeAll(async () => {
  world = await createWorld()
  await addPerson(world.yiduo, 'watch', { role: 'security-operator', at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

type Queue = Home['queues'][number]
const queueOf = async (login: string, kind: Queue['kind']): Promise<Queue | undefined> =>
  (await world.call(login, homeGet, {})).queues.find((it) => it.kind === kind)
const idsOf = async (login: string, kind: Queue['kind']): Promise<string[]> =>
  (await queueOf(login, kind))?.items.map(({ id }) => id) ?? []

const account = (login: string, kind: Person['kind'] = 'person'): Promise<Person> => {
  const organisationId = world.province.department.id
  const body = { login, name: login, organisationId, ...(kind === 'service' ? { kind } : { password }) }
  return world.call('sysadmin', personCreate, { body })
}
const grant = (
  login: string,
  personId: string,
  it: { role: 'auditor' | 'audit-admin' | 'operator'; emergency?: true },
) =>
  world.call(login, grantCreate, {
    body: { ...it, personId, organisationId: world.province.province.id, reach: 'subtree' },
  })

test('a post waits for the security administrator who has not asked for it, until it is confirmed', async () => {
  const { id: personId } = await account('newcomer')
  const pending = await grant('secadmin', personId, { role: 'audit-admin' })
  expect(await queueOf('secadmin2', 'pending-grant')).toMatchObject({
    count: 1,
    items: [{ id: pending.id, name: 'newcomer · newcomer', role: 'audit-admin', dueAt: pending.pendingUntil }],
  })
  for (const login of ['secadmin', 'sysadmin', 'auditadmin', 'operator'])
    expect(await idsOf(login, 'pending-grant')).toEqual([])
  await world.call('secadmin2', grantConfirm, { params: { grantId: pending.id } })
  expect(await idsOf('secadmin2', 'pending-grant')).toEqual([])
})

test('emergency access is looked over by both administrators while it is awake and a week after', async () => {
  const personId = await addPerson(world.yiduo, 'rescuer', {
    ...{ role: 'department', at: world.province.department, reach: 'own' },
  })
  const given = await grant('secadmin', personId, { role: 'operator', emergency: true })
  expect(await idsOf('secadmin', 'emergency-access')).toEqual([]) // asleep
  const body = { reason: '主平台中断', minutes: 60 }
  await world.call('rescuer', emergencyAccessBegin, { params: { grantId: given.id }, body })
  for (const login of ['secadmin', 'auditadmin'])
    expect((await queueOf(login, 'emergency-access'))?.items).toMatchObject([
      { id: given.id, state: 'awake', role: 'operator', dueAt: expect.any(String) },
    ])
  expect(await idsOf('rescuer', 'emergency-access')).toEqual([])
  world.shift(2 * dayMs)
  expect((await queueOf('auditadmin', 'emergency-access'))?.items).toMatchObject([{ state: 'asleep', dueAt: null }])
  world.shift(6 * dayMs)
  expect(await idsOf('auditadmin', 'emergency-access')).toEqual([])
})

test('a provider that was entered waits for whom a security administrator lets in', async () => {
  const { id: identityProviderId } = await world.call('sysadmin', identityProviderCreate, {
    body: {
      ...{ code: 'sso', name: '省统一认证', secret: 'client-secret-of-the-test' },
      settings: { kind: 'openid', issuer: 'https://sso.example.cn', clientId: 'yiduo', scopes: ['openid'] },
      claims: { login: 'sub', name: 'name', organisation: null, roles: null },
    },
  })
  const params = { identityProviderId }
  expect((await queueOf('secadmin', 'identity-provider'))?.items).toMatchObject([{ name: '省统一认证' }])
  expect(await idsOf('sysadmin', 'identity-provider')).toEqual([])
  const organisationId = world.province.department.id
  const rules = { newcomers: 'create' as const, adopts: false, organisationId, organisations: [], roles: [] }
  await world.call('secadmin', identityProviderSetRules, { params, body: rules })
  await world.call('secadmin', identityProviderEnable, { params })
  expect(await idsOf('secadmin', 'identity-provider')).toEqual([])
})

test('a token of a program that ends within a month waits for the system administrator', async () => {
  const { id: personId } = await account('collector', 'service')
  const expiresAt = new Date(world.clock.now().getTime() + 40 * dayMs).toISOString()
  const body = { name: '每日采集', operations: ['system.list'], expiresAt }
  const { id } = await world.call('sysadmin', serviceTokenCreate, { params: { personId }, body })
  expect(await idsOf('sysadmin', 'ending-token')).toEqual([])
  world.shift(15 * dayMs)
  expect(await queueOf('sysadmin', 'ending-token')).toMatchObject({
    items: [{ id, name: 'collector · 每日采集', dueAt: expiresAt }],
  })
  expect(await idsOf('secadmin', 'ending-token')).toEqual([])
  world.shift(30 * dayMs)
  expect(await idsOf('sysadmin', 'ending-token')).toEqual([])
})

test('a finding waits for whose turn it is', async () => {
  const { system } = world.province
  const body = { subject: system.id, title: '弱口令', detail: '管理口可猜', severity: 'high' } as const
  const { id: findingId } = await world.call('watch', findingRaise, { body })
  const params = { findingId }
  const waitsFor = async (state: string, ...logins: string[]) => {
    for (const login of ['watch', 'department', 'operator', 'other', 'secadmin'])
      expect([login, (await queueOf(login, 'finding'))?.items.map((it) => it.state) ?? []]).toEqual([
        login,
        logins.includes(login) ? [state] : [],
      ])
  }
  await waitsFor('raised', 'watch')
  const dueOn = new Date(world.clock.now().getTime() + 5 * dayMs).toISOString().slice(0, 10)
  await world.call('watch', findingOrder, { params, body: { dueOn, remark: '换口令' } })
  await waitsFor('ordered', 'department', 'operator')
  await world.call('department', findingAnswer, { params, body: { answer: '已更换' } })
  await waitsFor('answered', 'watch')
})

test('grants that nobody has looked over for half a year wait for security administrators, but not their own', async () => {
  expect(await idsOf('secadmin', 'due-review')).toEqual([])
  world.shift(184 * dayMs)
  const due = async (login: string) => (await queueOf(login, 'due-review'))?.count ?? 0
  const { items } = await world.call('secadmin', grantReviewList, { query: { due: true, limit: 500 } })
  const own = items.filter((it) => it.login === 'secadmin').length
  expect(own).toBeGreaterThan(0)
  expect(await due('secadmin')).toBe(Math.min(items.length - own, 100))
  for (const login of ['auditadmin', 'sysadmin']) expect(await due(login)).toBe(0)
  const others = items.filter((it) => it.login !== 'secadmin')
  for (const { id } of others) await world.call('secadmin', grantReviewKeep, { params: { grantId: id }, body: {} })
  expect(await due('secadmin')).toBe(0)
})

test('grants and people are found by whose they are, in which role and of which kind', async () => {
  const logins = async (query: { text?: string; role?: 'operator' | 'department' }) =>
    (await world.call('secadmin', grantReviewList, { query: { ...query, limit: 500 } })).items.map((it) => it.login)
  expect(await logins({ text: 'Rescu' })).toEqual(['rescuer', 'rescuer'])
  expect(await logins({ text: 'rescu', role: 'operator' })).toEqual(['rescuer'])
  expect(await logins({ text: 'nobody-is-called-so' })).toEqual([])
  const held = await world.call('secadmin', grantList, { query: { text: 'rescuer', role: 'department' } })
  expect(held.items.map((it) => [it.role, it.reach])).toEqual([['department', 'own']])
  const { items } = await world.call('secadmin', personList, { query: { kind: 'service' } })
  expect(items.map((it) => it.login)).toEqual(['collector'])
})
