import {
  auditCheckpoints,
  auditExport,
  auditList,
  auditMine,
  auditPolicyGet,
  auditPolicySet,
  auditState,
  noticeList,
  quotaSet,
} from '@yiduo/contract'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCheckpoint, readExportOf, sealOf } from '../../src/modules/audit/index.ts'
import { createSystem, draft, problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  const { province, department } = world.province
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'keeper', { role: 'audit-admin', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'guard', { role: 'security-admin', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'local-keeper', { role: 'audit-admin', at: department, reach: 'own' })
  // Log-ins are entries too: none while a test counts.
  for (const login of ['auditor', 'keeper', 'guard', 'local-keeper']) await world.tokenOf(login)
  await createSystem(world)
  await draft(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const seal = () => world.yiduo.reconcilers.runNow('audit-sealer')
const bytesOf = async (format: 'csv' | 'jsonl', query: { target?: string } = {}): Promise<Buffer> => {
  const { content } = await world.call('auditor', auditExport, { query: { format, ...query } })
  return Buffer.from(await new Response(content).arrayBuffer())
}

test('what a whole server writes is signed and chained, and verifies', async () => {
  await seal()
  const { entries, problem } = await world.yiduo.rooms.trail.verify()
  expect(problem).toBeNull()
  expect(entries).toBeGreaterThan(20)
  const state = await world.call('guard', auditState, {})
  expect(state).toMatchObject({ position: entries, checkpoint: { position: entries } })
  const { items } = await world.call('auditor', auditList, { query: { operation: 'demonstration.make' } })
  expect(items[0]).toMatchObject({ position: expect.any(Number) })
})

test('checkpoints are listed from the newest, each as the text to keep', async () => {
  await seal()
  const { items } = await world.call('auditor', auditCheckpoints, { query: { limit: 2 } })
  const [newest] = items
  const kept = parseCheckpoint(newest?.text ?? '')
  expect(kept).toMatchObject({ number: newest?.number, position: newest?.position })
  expect((await world.yiduo.rooms.trail.verify({ kept })).problem).toBeNull()
  const { items: older } = await world.call('auditor', auditCheckpoints, { query: { before: newest?.number ?? 0 } })
  expect(older.every((it) => it.number < (newest?.number ?? 0))).toBe(true)
})

test('what was acted on is told by its name to whoever reaches the province, and by its id to others and in exports', async () => {
  const { id, systemName } = await draft(world)
  const { id: systemId, name } = await createSystem(world, '换班系统')
  const nameOf = async (login: string, target: string) =>
    (await world.call(login, auditList, { query: { target } })).items.map((it) => it.targetName)
  expect(await nameOf('auditor', id)).toEqual([systemName])
  expect(await nameOf('keeper', systemId)).toEqual([name])
  expect(await nameOf('keeper', world.province.department.id)).toContain(world.province.department.name)
  expect(await nameOf('local-keeper', systemId)).toEqual([undefined])
  expect((await bytesOf('jsonl', { target: systemId })).toString()).not.toContain('targetName')
})

test('an export holds what the list shows, its last line vouches for it, and that it was taken is an entry', async () => {
  const { id } = await draft(world)
  const listed = (await world.call('auditor', auditList, { query: { target: id } })).items
  const lines = (await bytesOf('jsonl', { target: id })).toString().trimEnd().split('\n')
  const exported = lines.slice(0, -1).map((line): unknown => JSON.parse(line))
  expect(exported.length).toBe(listed.length)
  expect(exported[0]).toMatchObject({ id: listed[0]?.id, after: listed[0]?.after, actor: listed[0]?.actor })
  for (const format of ['csv', 'jsonl'] as const) {
    const file = await bytesOf(format)
    const sealed = sealOf(file)
    expect(sealed, format).not.toBeNull()
    expect(sealed && (await world.yiduo.rooms.trail.isOurs(sealed))).toBe(true)
    const altered = Buffer.from(file)
    altered[100] = (altered[100] ?? 0) ^ 1
    expect(sealOf(altered), format).toBeNull()
    expect(sealOf(file.subarray(0, -4)), format).toBeNull()
  }
  const part = sealOf(await bytesOf('csv', { target: id }))
  expect(part && JSON.parse(readExportOf(part))).toMatchObject({ by: 'auditor', reach: 'all', cutBy: { target: id } })
  const [taken] = (await world.call('auditor', auditList, { query: { operation: 'audit.export' } })).items
  expect(taken).toMatchObject({ actor: 'auditor', target: 'audit-trail', after: { format: 'csv', target: id } })
})

test('a long export goes on where a page ends, and leaves nothing out', async () => {
  await rowsOf(
    world.databaseUrl,
    `insert into audit_entries (id, at, actor, operation, target, trace)
     select ('0190f000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '2024-07-01', 'many', 'many.one', 'of-many', 't'
     from generate_series(1, 2500) n`,
  )
  const lines = (await bytesOf('jsonl', { target: 'of-many' })).toString().trimEnd().split('\n')
  expect(new Set(lines.slice(0, -1)).size).toBe(2_500)
})

test('a department sees what others did to its things, without addresses and contents, and nothing of others', async () => {
  const { department, otherDepartment } = world.province
  for (const { id } of [department, otherDepartment])
    await world.call('operator', quotaSet, { params: { organisationId: id, measure: 'address' }, body: { limit: 3 } })
  const { items } = await world.call('department', auditMine, {})
  expect(items.every((it) => it.actor !== 'department')).toBe(true)
  const set = items.filter((it) => it.operation === 'quota.set')
  expect(set).toHaveLength(1)
  expect(Object.keys(set[0] ?? {}).sort()).toEqual(
    ['id', 'at', 'actor', 'actorOrganisationId', 'actorOrganisationName', 'operation', 'target'].sort(),
  )
  expect(set[0]).toMatchObject({ actor: 'operator', target: department.id })
  expect(set[0]?.actorOrganisationName).not.toBe('')
})

test('a department cuts what others did by who, what and on what', async () => {
  const { department } = world.province
  await world.call('operator', quotaSet, {
    params: { organisationId: department.id, measure: 'address' },
    body: { limit: 4 },
  })
  const cut = async (query: { operation?: string; actor?: string; target?: string }) =>
    (await world.call('department', auditMine, { query })).items.length
  const asked = { operation: 'quota.', actor: 'operator', target: department.id }
  expect(await cut(asked)).toBeGreaterThan(0)
  expect(await cut({ ...asked, operation: 'quota.s' })).toBe(0)
  expect(await cut({ ...asked, actor: 'somebody' })).toBe(0)
  expect(await cut({ ...asked, target: world.province.city.id })).toBe(0)
})

test('how long entries are kept is for who keeps the trail of the whole province, and never under six months', async () => {
  expect(await world.call('guard', auditPolicyGet, {})).toEqual({ months: 36 })
  const set = (login: string, months: number) => world.call(login, auditPolicySet, { body: { months } })
  expect((await problemOf(set('keeper', 5))).code).toBe('input-invalid')
  expect((await problemOf(set('local-keeper', 12))).code).toBe('not-permitted')
  expect(await set('keeper', 12)).toEqual({ months: 12 })
  const [entry] = (await world.call('auditor', auditList, { query: { operation: 'audit-policy.set' } })).items
  expect(entry).toMatchObject({ before: { months: 36 }, after: { months: 12 } })
})

test('the trail is verified once a day; where it is broken its keepers and the security admins are told', async () => {
  const told = async (login: string) => {
    await world.yiduo.reconcilers.runNow('notices')
    return (await world.call(login, noticeList, {})).items.filter((it) => it.code === 'audit-trail-broken')
  }
  await seal()
  await world.yiduo.reconcilers.runNow('audit-verifier')
  const state = await world.call('keeper', auditState, {})
  expect(state.verification?.problem).toBeNull()
  expect(await told('keeper')).toEqual([])

  const [victim] = (await world.call('auditor', auditList, { query: { operation: 'audit-policy.set' } })).items
  const client = new Client({ connectionString: world.databaseUrl })
  await client.connect()
  await client.query('set session_replication_role = replica')
  await client.query(`update audit_entries set actor = 'nobody' where operation = 'audit-policy.set'`)
  await client.end()
  await world.yiduo.reconcilers.runNow('audit-verifier') // not yet: a day is not over
  expect((await world.call('keeper', auditState, {})).verification?.problem).toBeNull()
  world.shift(86_400_000)
  await world.yiduo.reconcilers.runNow('audit-verifier')
  const { verification } = await world.call('guard', auditState, {})
  expect(verification?.problem).toMatchObject({ kind: 'altered', entryId: victim?.id })
  for (const login of ['keeper', 'guard']) {
    const notice = await world.until(async () => (await told(login))[0])
    expect(notice.message).toContain(victim?.id)
  }
})
