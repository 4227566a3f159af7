import {
  type DirectoryComparison,
  grantList,
  identityProviderCompare,
  identityProviderCreate,
  identityProviderEdit,
  identityProviderImport,
  identityProviderProbe,
  organisationAbolish,
  organisationCreate,
  personEnd,
} from '@yiduo/contract'
import { afterAll, beforeAll, beforeEach, expect, test as tests } from 'vitest'
import { createAuthority } from '../world/certificates.ts'
import { attempt, createDirectoryStage, type DirectoryStage, directoryAsk } from '../world/directory-stage.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { dnOf, people, withoutSlapd } from '../world/slapd.ts'
import { rowsOf } from '../world/statements.ts'

const password = 'Directory-2026-pw'
const test = tests.skipIf(withoutSlapd)

let stage: DirectoryStage
beforeAll(async () => {
  if (withoutSlapd) return
  stage = await createDirectoryStage()
})
afterAll(() => stage?.[Symbol.asyncDispose]())
beforeEach(async () => {
  if (withoutSlapd) return
  await stage.rules({ newcomers: 'refuse' })
  await stage.switchOn()
})

const params = (identityProviderId = stage.provider.id) => ({ params: { identityProviderId } })
const compare = () => stage.world.call('system-admin', identityProviderCompare, params())
const importPeople = () => stage.world.call('system-admin', identityProviderImport, params())
const statesIn = ({ items }: DirectoryComparison, ...logins: string[]) =>
  logins.map((login) => items.filter((it) => it.login === login).map(({ state }) => state))
const stateOf = async (login: string) => statesIn(await compare(), login)[0]
const enter = (uid: string, more: { cn?: string; ou?: string } = {}) =>
  stage.slapd.enter({ uid, cn: '王芳', ou: 'D-01', password, ...more })
const countOf = async (statement: string) =>
  (await rowsOf<{ count: number }>(stage.world.databaseUrl, `select count(*)::int as count from ${statement}`))[0]
    ?.count
const rolesOf = async (personId: string) =>
  (await stage.world.call('security-admin', grantList, { query: { personId } })).items.map(({ role }) => role)

test('shows who would come, takes them over, and changes nothing the second time', async () => {
  await enter('wang.fang')
  await enter('li.na', { cn: '李娜' })
  await enter('nowhere', { ou: 'D-99' })
  await enter('none of ours')
  await enter('turned', { cn: '王\u202e芳' })
  await stage.slapd.group('cloud-users', 'li.na')
  const { department } = stage.world.province
  const names = ['wang.fang', 'li.na', 'nowhere', 'none of ours', 'turned']
  const states = [['new'], ['new'], ['unmapped'], ['unsuitable'], ['unsuitable']]
  const before = await countOf('people')
  const preview = await compare()
  expect(statesIn(preview, ...names)).toEqual(states)
  expect(preview.counts).toEqual({ new: 2, same: 0, linkable: 0, unmapped: 1, unsuitable: 2, gone: 0, ended: 0 })
  expect(preview.items.find((it) => it.login === 'li.na')).toMatchObject({
    ...{ name: '李娜', organisationId: department.id, personId: null },
  })
  expect(await countOf('people')).toBe(before)

  const first = await importPeople()
  expect(first.counts).toEqual(preview.counts)
  expect(await countOf('people')).toBe((before ?? 0) + 2)
  const personId = first.items.find((it) => it.login === 'li.na')?.personId ?? ''
  expect(await rolesOf(personId)).toEqual(['department'])
  const made = (await stage.entries('person.create')).filter((it) => it.actor === 'system-admin')
  expect(made.map(({ after }) => (after as { login: string }).login).toSorted()).toEqual(['li.na', 'wang.fang'])
  expect(await stage.entries('identity-link.create')).toHaveLength(2)

  const changes = `audit_entries where operation ~ '^(person|identity-link|grant)\\.'`
  const entries = await countOf(changes)
  const second = await importPeople()
  expect(second.counts).toEqual({ new: 0, same: 2, linkable: 0, unmapped: 1, unsuitable: 2, gone: 0, ended: 0 })
  expect(await countOf('people')).toBe((before ?? 0) + 2)
  expect(await countOf(changes)).toBe(entries)
  expect(await stage.entries('identity-provider.import')).toHaveLength(2)
  // Whom the rules would not let in by themselves come in once they were taken over.
  expect(await attempt(stage.world, 'wang.fang', password)).toHaveProperty('session')
})

test('brings roles in line with the groups, as a log-in would', async () => {
  await enter('grouped')
  await stage.slapd.group('cloud-users', 'grouped')
  const personId = (await importPeople()).items.find((it) => it.login === 'grouped')?.personId ?? ''
  expect(await rolesOf(personId)).toEqual(['department'])
  await stage.slapd.group('cloud-users')
  await importPeople()
  expect(await rolesOf(personId)).toEqual([])
})

test('takes the roles of whom the rules map to no organisation any more', async () => {
  await enter('moved-away')
  await stage.slapd.group('cloud-users', 'moved-away')
  const personId = (await importPeople()).items.find((it) => it.login === 'moved-away')?.personId ?? ''
  expect(await rolesOf(personId)).toEqual(['department'])
  await stage.slapd.change(dnOf('moved-away'), 'ou', 'D-99')
  expect(statesIn(await importPeople(), 'moved-away')).toEqual([['unmapped']])
  expect(await rolesOf(personId)).toEqual([])
  await stage.slapd.change(dnOf('moved-away'), 'ou', 'D-01')
  expect(statesIn(await importPeople(), 'moved-away')).toEqual([['same']])
  expect(await rolesOf(personId)).toEqual(['department'])
})

test('lists who is gone and who has left here, ends nobody and brings nobody back', async () => {
  await enter('dismissed')
  await enter('leaver')
  const { items } = await importPeople()
  const idOf = (login: string) => items.find((it) => it.login === login)?.personId ?? ''
  await stage.world.call('system-admin', personEnd, { params: { personId: idOf('leaver') } })
  await stage.slapd.remove(dnOf('dismissed'))
  const after = await importPeople()
  expect(statesIn(after, 'dismissed', 'leaver')).toEqual([['gone'], ['ended']])
  expect(after.items.find((it) => it.login === 'dismissed')).toMatchObject({ personId: idOf('dismissed') })
  const ended = await rowsOf<{ login: string; ended: boolean }>(
    stage.world.databaseUrl,
    `select login, ended_at is not null as ended from people where login in ('dismissed', 'leaver') order by login`,
  )
  expect(ended.map((it) => it.ended)).toEqual([false, true])
})

test('takes a local person for the same where the rules say so, and never an administrator', async () => {
  const { province, department } = stage.world.province
  await addPerson(stage.world.yiduo, 'local', { role: 'department', at: department, reach: 'own' })
  await addPerson(stage.world.yiduo, 'local-admin', { role: 'audit-admin', at: province, reach: 'all' })
  for (const login of ['local', 'local-admin']) await enter(login)
  expect(statesIn(await compare(), 'local', 'local-admin')).toEqual([['unsuitable'], ['unsuitable']])
  await stage.rules({ newcomers: 'refuse', adopts: true })
  expect(statesIn(await compare(), 'local', 'local-admin')).toEqual([['linkable'], ['unsuitable']])
  const elsewhere = [{ value: 'D-01', organisationId: stage.world.province.otherDepartment.id }]
  await stage.rules({ newcomers: 'refuse', adopts: true, organisations: elsewhere })
  expect(statesIn(await compare(), 'local')).toEqual([['unsuitable']])
  await stage.rules({ newcomers: 'refuse', adopts: true })
  await importPeople()
  expect(statesIn(await compare(), 'local', 'local-admin')).toEqual([['same'], ['unsuitable']])
})

test('of two who have one name takes the first alone', async () => {
  await enter('double')
  await enter('double-2')
  await stage.slapd.rename(dnOf('double-2'), `uid=DOUBLE+cn=another,${people}`)
  const { items } = await importPeople()
  const both = items.filter((it) => it.login.toLowerCase() === 'double')
  expect(both.map((it) => it.state).toSorted()).toEqual(['new', 'unsuitable'])
  const again = (await importPeople()).items.filter((it) => it.login.toLowerCase() === 'double')
  expect(again.map((it) => it.state).toSorted()).toEqual(['same', 'unsuitable'])
})

test('who comes for the first time in several browsers while everybody is taken over is one', async () => {
  const logins = ['at-once-1', 'at-once-2', 'at-once-3']
  for (const login of logins) await enter(login)
  await stage.slapd.group('cloud-users', ...logins)
  await stage.rules()
  const comings = logins.flatMap((login) => [login, login, login]).map((login) => attempt(stage.world, login, password))
  const [imports, ...sessions] = await Promise.all([Promise.all([importPeople(), importPeople()]), ...comings])
  expect(sessions.map((it) => ('session' in it ? 'in' : it.code))).toEqual(Array.from({ length: 9 }, () => 'in'))
  expect(imports).toHaveLength(2)
  for (const login of logins) {
    const quoted = `select id from people where login = '${login}'`
    expect(await countOf(`people where login = '${login}'`)).toBe(1)
    expect(await countOf(`identity_links where person_id in (${quoted})`)).toBe(1)
    expect(await countOf(`grants where person_id in (${quoted})`)).toBe(1)
  }
})

test('brings nobody to an organisation that was abolished', async () => {
  const { department } = stage.world.province
  const { id } = await stage.world.call('system-admin', organisationCreate, {
    body: {
      parentId: department.id,
      name: '撤销的处室',
      actor: 'department',
      level: 'province',
      divisionCode: '320000',
    },
  })
  await stage.rules({ organisations: [{ value: 'D-77', organisationId: id }] })
  await enter('late', { ou: 'D-77' })
  expect(await stateOf('late')).toEqual(['new'])
  await stage.world.call('system-admin', organisationAbolish, {
    params: { organisationId: id },
    body: { successorId: department.id },
  })
  expect(await stateOf('late')).toEqual(['unmapped'])
})

test('asks for a directory that is switched on and there', async () => {
  await stage.switchOff()
  expect((await compare()).items.length).toBeGreaterThan(0)
  expect(await problemOf(importPeople())).toMatchObject({ status: 409, code: 'identity-provider-off' })
  await stage.switchOn()
  await stage.slapd.stop()
  for (const ask of [compare, importPeople])
    expect(await problemOf(ask())).toMatchObject({ code: 'identity-provider-unreachable' })
  await stage.slapd.start()
  const { pem } = await createAuthority('CN=centre')
  const { id } = await stage.world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code: 'ca', name: '省政务 CA', settings: { kind: 'certificate', authorities: pem } },
      claims: { login: 'serialNumber', name: 'CN', organisation: null, roles: null },
    },
  })
  for (const operation of [identityProviderCompare, identityProviderImport])
    expect(await problemOf(stage.world.call('system-admin', operation, params(id)))).toMatchObject({
      code: 'identity-provider-not-directory',
    })
  const { told } = await stage.world.call('system-admin', identityProviderProbe, params(id))
  expect(told).toMatch(/^CN=centre → \d{4}-\d\d-\d\dT/)
})

test('nobody is gone because the directory shows no more than a part', async () => {
  await enter('shown')
  await importPeople()
  const settings = directoryAsk(stage.slapd, { bindDn: null }).settings
  await stage.world.call('system-admin', identityProviderEdit, { ...params(), body: { settings } })
  // Nobody in particular sees nobody there: the base itself is not to be found.
  expect(await problemOf(compare())).toMatchObject({ code: 'identity-provider-unreachable' })
  const back = directoryAsk(stage.slapd).settings
  await stage.world.call('system-admin', identityProviderEdit, { ...params(), body: { settings: back } })
  expect(await stateOf('shown')).toEqual(['same'])
})

test('stops when the directory is switched off meanwhile', async () => {
  await importPeople()
  const before = (await countOf('people')) ?? 0
  await stage.slapd.enter(
    ...Array.from({ length: 300 }, (_, n) => ({ uid: `q-${String(n).padStart(3, '0')}`, cn: `人员${n}`, ou: 'D-01' })),
  )
  await rowsOf(
    stage.world.databaseUrl,
    `create function switch_off() returns trigger language plpgsql as
       $$ begin update identity_providers set enabled = false; return new; end $$;
     create trigger switch_off before insert on people for each row when (new.login = 'q-010')
       execute function switch_off()`,
  )
  expect(await problemOf(importPeople())).toMatchObject({ code: 'identity-provider-off' })
  await rowsOf(stage.world.databaseUrl, 'drop function switch_off() cascade')
  const taken = ((await countOf('people')) ?? 0) - before
  expect(taken).toBeGreaterThan(0)
  expect(taken).toBeLessThan(300)
})

test('of three thousand, broken off in the middle, goes on when it is repeated, and twice at once makes nobody twice', {
  timeout: 240_000, // on a busy machine
}, async () => {
  const before = (await countOf('people')) ?? 0
  const staying = (await compare()).counts.new
  await stage.slapd.enter(
    ...Array.from({ length: 3_000 }, (_, n) => ({
      uid: `p-${String(n).padStart(4, '0')}`,
      cn: `人员${n}`,
      ou: 'D-01',
    })),
  )
  const preview = await compare()
  expect(preview.counts.new).toBe(3_000 + staying)
  expect(preview.items).toHaveLength(1_000)
  await rowsOf(
    stage.world.databaseUrl,
    `create function break_off() returns trigger language plpgsql as $$ begin raise 'broken off'; end $$;
     create trigger break_off before insert on people for each row when (new.login = 'p-1500')
       execute function break_off()`,
  )
  expect(await problemOf(importPeople())).toMatchObject({ code: 'defect' })
  const half = ((await countOf('people')) ?? 0) - before
  expect(half).toBeGreaterThan(1_000)
  expect(half).toBeLessThan(3_000)
  await rowsOf(stage.world.databaseUrl, 'drop function break_off() cascade')
  await Promise.all([importPeople(), importPeople()])
  expect(((await countOf('people')) ?? 0) - before).toBe(3_000 + staying)
  expect((await compare()).counts.new).toBe(0)
})
