import {
  type AuditEntry,
  apiTokenCreate,
  grantCreate,
  identityProviderCreate,
  identityProviderEnable,
  identityProviderProbe,
  identityProviderRemove,
  identityProviderSetRules,
  passwordChange,
  passwordRemove,
  passwordReset,
  personEnd,
  sessionCreate,
  systemList,
} from '@yiduo/contract'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test as tests } from 'vitest'
import { attempt, createDirectoryStage, type DirectoryStage, directoryAsk } from '../world/directory-stage.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { dnOf, groupOf, people, searcher, withoutSlapd } from '../world/slapd.ts'
import { password as ours } from '../world/small-province.ts'
import { everyRow, rowsOf } from '../world/statements.ts'

const password = 'Directory-2026-pw'
const minutesMs = 60_000

const test = tests.skipIf(withoutSlapd)

const logged: string[] = []
let stage: DirectoryStage
beforeAll(async () => {
  if (withoutSlapd) return
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  stage = await createDirectoryStage({ log })
})
afterAll(() => stage?.[Symbol.asyncDispose]())
beforeEach(async () => {
  if (withoutSlapd) return
  await stage.rules()
  await stage.switchOn()
})

const come = (login: string, given = password) => attempt(stage.world, login, given)
const sessionOf = async (login: string, given = password) => {
  const came = await come(login, given)
  if (!('session' in came)) throw new Error(`${login}: ${came.code}`)
  return came.session
}
const rolesOf = async (login: string) =>
  (await sessionOf(login)).grants.map(({ role, reach }) => `${role} ${reach}`).toSorted()
const enter = (uid: string, more: { cn?: string; ou?: string } = {}) =>
  stage.slapd.enter({ uid, cn: '王芳', ou: 'D-01', password, ...more })
const isHere = async (login: string) =>
  (await rowsOf(stage.world.databaseUrl, 'select from people where lower(login) = lower($1)', [login])).length > 0

test('come in with the password that the directory knows, and with no other', async () => {
  await enter('wang.fang')
  expect(await come('wang.fang', 'Wrong-2026-pw')).toEqual({ code: 'log-in-refused' })
  expect(await isHere('wang.fang')).toBe(false)
  const session = await sessionOf('wang.fang')
  expect(session).toMatchObject({
    stage: 'complete',
    person: { login: 'wang.fang', name: '王芳', organisationId: stage.world.province.department.id },
  })
  const { token = '' } = session
  expect((await rawCall(stage.world, 'GET', pathWith(systemList), { token })).status).toBe(403) // no role yet
  expect((await sessionOf('wang.fang')).person.id).toBe(session.person.id)
  expect(await come('wang.fang', 'Wrong-2026-pw')).toEqual({ code: 'log-in-refused' })
  const [begun] = await rowsOf<{ issuerSubject: string; code: string }>(
    stage.world.databaseUrl,
    `select s.issuer_subject as "issuerSubject", i.code from sessions s join identity_providers i on i.id = s.provider_id`,
  )
  expect(begun).toMatchObject({ code: 'directory', issuerSubject: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

test('do not come in with an empty password, which many a directory takes for nobody', async () => {
  await enter('empty')
  const answer = await rawCall(stage.world, 'POST', pathWith(sessionCreate), {
    body: { login: 'empty', password: '' },
  })
  expect(problemIn(answer).code).toBe('input-invalid')
  expect(await isHere('empty')).toBe(false)
})

test('are locked after five wrong passwords, before they have ever come and after', async () => {
  await enter('guessed')
  const guess = async (login: string) => {
    const codes: unknown[] = []
    for (let tries = 0; tries < 5; tries++) codes.push(await come(login, `Wrong-${tries}-pw`))
    return codes
  }
  const refused = Array.from({ length: 5 }, () => ({ code: 'log-in-refused' }))
  expect(await guess('guessed')).toEqual(refused)
  expect(await come('guessed')).toEqual({ code: 'log-in-refused' })
  // Written otherwise it is the same person to the directory: not another five.
  expect(await come('GUESSED')).toEqual({ code: 'log-in-refused' })
  stage.world.shift(15 * minutesMs)
  await sessionOf('guessed')
  expect(await guess('guessed')).toEqual(refused)
  expect(await come('Guessed')).toEqual({ code: 'log-in-refused' })
  stage.world.shift(15 * minutesMs)
  await sessionOf('Guessed')
})

test('of guesses sent at once no more count than of guesses one after another', async () => {
  await enter('crowded')
  const all = await Promise.all(Array.from({ length: 15 }, (_, tries) => come('crowded', `Wrong-${tries}-pw`)))
  const codes = all.map((it) => ('code' in it ? it.code : 'in'))
  expect(codes).toEqual(Array.from({ length: 15 }, () => 'log-in-refused'))
  expect(await come('crowded')).toEqual({ code: 'log-in-refused' })
})

test.each(['*', 'adm*', 'admin)(|(uid=*', ')(uid=*', 'admin\0', 'admin)(objectClass=*', '\\2a', 'uid=admin,ou=people'])(
  'are not found by the name “%s”',
  async (login) => {
    const answer = await rawCall(stage.world, 'POST', pathWith(sessionCreate), { body: { login, password } })
    expect(answer.status).toBeLessThan(500)
    expect(['input-invalid', 'log-in-refused']).toContain(problemIn(answer).code)
  },
)

test('are refused where a name means two of them', async () => {
  await enter('twin')
  await stage.slapd.enter({ uid: 'twin-2', cn: '王芳', ou: 'D-01', password })
  await stage.slapd.change(dnOf('twin-2'), 'uid', 'twin-2', 'twin')
  expect(await come('twin')).toEqual({ code: 'log-in-refused' })
})

test('do not come in while the directory is switched off, nor do those who had come', async () => {
  await enter('before')
  await enter('after')
  const { token = '' } = await sessionOf('before')
  await stage.switchOff()
  expect(await come('before')).toEqual({ code: 'log-in-refused' })
  expect(await come('after')).toEqual({ code: 'log-in-refused' })
  const answer = await rawCall(stage.world, 'GET', '/api/v1/sessions/current', { token })
  expect(problemIn(answer).code).toBe('not-signed-in')
})

test('of an organisation that no rule knows, or whom the rules refuse, do not come in', async () => {
  await enter('elsewhere', { ou: 'D-99' })
  expect(await come('elsewhere')).toEqual({ code: 'sign-on-not-linked' })
  expect((await stage.entries('sign-on.refuse'))[0]).toMatchObject({ after: { reason: 'sign-on-not-linked' } })
  await enter('stranger')
  await stage.rules({ newcomers: 'refuse' })
  expect(await come('stranger')).toEqual({ code: 'log-in-refused' })
  await stage.rules({ organisationId: stage.world.province.otherDepartment.id })
  expect((await sessionOf('elsewhere')).person.organisationId).toBe(stage.world.province.otherDepartment.id)
})

test('of a name that looks like another’s are refused, and told which field it is', async () => {
  await enter('looks', { cn: '王\u202e芳' })
  const answer = await rawCall(stage.world, 'POST', pathWith(sessionCreate), { body: { login: 'looks', password } })
  expect(problemIn(answer)).toMatchObject({ status: 409, code: 'sign-on-unsuitable' })
  expect(await isHere('looks')).toBe(false)
})

test('hold the roles of their groups, and no longer when they leave them; what people gave stays', async () => {
  await enter('li.na')
  expect(await rolesOf('li.na')).toEqual([])
  await stage.slapd.group('cloud-users', 'li.na')
  expect(await rolesOf('li.na')).toEqual(['department own'])
  const { person } = await sessionOf('li.na')
  const { department } = stage.world.province
  await stage.world.call('security-admin', grantCreate, {
    body: { personId: person.id, role: 'regulator', reach: 'own', organisationId: department.id },
  })
  expect(await rolesOf('li.na')).toEqual(['department own', 'regulator own'])
  await stage.slapd.group('cloud-users')
  expect(await rolesOf('li.na')).toEqual(['regulator own'])
  const isClaimed = ({ after }: AuditEntry) => (after as { by?: string }).by === 'directory'
  const { length: given } = (await stage.entries('grant.create')).filter(
    (it) => it.target === person.id && isClaimed(it),
  )
  const { length: taken } = (await stage.entries('grant.revoke')).filter((it) => it.target === person.id)
  expect([given, taken]).toEqual([1, 1])
})

test('hold other roles when they change to other groups, over what the rules say', async () => {
  const { cityDepartment, department } = stage.world.province
  const reading = { value: groupOf('readers'), role: 'regulator', reach: 'subtree' } as const
  await stage.rules({ roles: [...stage.standardRules.roles, reading] })
  await enter('changed')
  await stage.slapd.group('cloud-users', 'changed')
  expect((await sessionOf('changed')).grants).toMatchObject([{ role: 'department', organisationId: department.id }])
  await stage.slapd.group('cloud-users')
  await stage.slapd.group('readers', 'changed')
  expect((await sessionOf('changed')).grants).toMatchObject([{ role: 'regulator', reach: 'subtree' }])
  await stage.rules({ roles: [reading], organisations: [{ value: 'D-01', organisationId: cityDepartment.id }] })
  expect((await sessionOf('changed')).grants).toMatchObject([{ role: 'regulator', organisationId: cityDepartment.id }])
})

test('come to no administrative post by any group, not even where the rules were altered in the database', async () => {
  const roles = [{ value: groupOf('rulers'), role: 'system-admin' as 'department', reach: 'own' as const }]
  expect(await problemOf(stage.rules({ roles }))).toMatchObject({ code: 'input-invalid' })
  await rowsOf(
    stage.world.databaseUrl,
    `update identity_providers set rules = jsonb_set(rules, '{roles}', $1::jsonb) where code = 'directory'`,
    [JSON.stringify(roles)],
  )
  await enter('ruler')
  await stage.slapd.group('rulers', 'ruler')
  expect(await rolesOf('ruler')).toEqual([])
})

test('use the password that is held here where one is, whatever the directory knows', async () => {
  await enter('department')
  await stage.rules({ adopts: true })
  expect(await come('department')).toEqual({ code: 'log-in-refused' })
  expect('session' in (await come('department', ours))).toBe(true)
  // Not by another way of writing the name either.
  expect(await come('Department')).toEqual({ code: 'log-in-refused' })
})

test('are taken for a local person who has no password only by the rules, and never for an administrator', async () => {
  const { department } = stage.world.province
  for (const [login, role] of [
    ['local', 'department'],
    ['local-admin', 'security-admin'],
  ] as const) {
    await addPerson(stage.world.yiduo, login, { role, at: department, reach: 'own' })
    await rowsOf(stage.world.databaseUrl, `update people set password_hash = '' where login = $1`, [login])
    await enter(login)
  }
  expect(await come('local')).toEqual({ code: 'log-in-refused' })
  await stage.rules({ adopts: true })
  const session = await sessionOf('local')
  expect(session.grants.map(({ role }) => role)).toEqual(['department'])
  expect(await come('local-admin')).toEqual({ code: 'sign-on-not-linked' })
})

test('who have left here stay out, whatever the directory says', async () => {
  await enter('leaver')
  const { person, token = '' } = await sessionOf('leaver')
  await stage.world.call('system-admin', personEnd, { params: { personId: person.id } })
  expect(await come('leaver')).toEqual({ code: 'log-in-refused' })
  expect(await come('LEAVER')).toEqual({ code: 'log-in-refused' })
  const answer = await rawCall(stage.world, 'GET', '/api/v1/sessions/current', { token })
  expect(problemIn(answer).code).toBe('not-signed-in')
})

test('who are given the name of another are not let in as that one; the one who had it is known by the new name', async () => {
  await enter('moved')
  const { person } = await sessionOf('moved')
  await stage.slapd.rename(dnOf('moved'), `uid=moved-2,${people}`)
  await stage.slapd.enter({ uid: 'moved', cn: '李四', ou: 'D-01', password: 'Another-2026-pw' })
  expect(await come('moved', 'Another-2026-pw')).toEqual({ code: 'log-in-refused' })
  await stage.rules({ adopts: true })
  expect(await come('moved', 'Another-2026-pw')).toEqual({ code: 'log-in-refused' })
  expect(await come('moved')).toEqual({ code: 'log-in-refused' })
  expect((await sessionOf('moved-2')).person.id).toBe(person.id)
})

test('whom the directory no longer has do not come in', async () => {
  await enter('dismissed')
  await sessionOf('dismissed')
  await stage.slapd.remove(dnOf('dismissed'))
  expect(await come('dismissed')).toEqual({ code: 'log-in-refused' })
})

test('are told that the directory is away, and nothing of where it is; that counts for no wrong password', async () => {
  await enter('patient')
  await sessionOf('patient')
  await stage.slapd.stop()
  for (let tries = 0; tries < 6; tries++)
    expect(await come('patient', 'Wrong-2026-pw')).toEqual({ code: 'identity-provider-unreachable' })
  const answer = await rawCall(stage.world, 'POST', pathWith(sessionCreate), { body: { login: 'patient', password } })
  expect(problemIn(answer).status).toBe(502)
  expect(JSON.stringify(answer.body)).not.toContain('127.0.0.1')
  expect('session' in (await come('department', ours))).toBe(true)
  const params = { identityProviderId: stage.provider.id }
  expect(await problemOf(stage.world.call('system-admin', identityProviderProbe, { params }))).toMatchObject({
    code: 'identity-provider-unreachable',
    words: expect.stringContaining('ECONNREFUSED'),
  })
  await stage.slapd.start()
  await sessionOf('patient')
})

test('have no password here that they could change, and trying counts for nothing', async () => {
  await enter('changer')
  const { token = '' } = await sessionOf('changer')
  for (let tries = 0; tries < 6; tries++) {
    const answer = await rawCall(stage.world, 'POST', pathWith(passwordChange), {
      token,
      body: { oldPassword: password, newPassword: 'Next-2026-pw' },
    })
    expect(problemIn(answer)).toMatchObject({ status: 409, code: 'password-held-elsewhere' })
  }
  await sessionOf('changer')
})

test('of a second directory come in though the first has never heard of them, or is away', async () => {
  await using other = await createDirectoryStage()
  await other.slapd.enter({ uid: 'second', cn: '赵六', ou: 'D-01', password })
  const { id } = await stage.world.call('system-admin', identityProviderCreate, {
    body: { ...directoryAsk(other.slapd), code: 'z-second', name: '第二个目录' },
  })
  const params = { identityProviderId: id }
  await stage.world.call('security-admin', identityProviderSetRules, { params, body: stage.standardRules })
  await stage.world.call('security-admin', identityProviderEnable, { params })
  const { person } = await sessionOf('second')
  await stage.slapd.stop()
  expect((await sessionOf('second')).person.id).toBe(person.id)
  expect(await come('nobody-knows')).toEqual({ code: 'identity-provider-unreachable' })
  await stage.slapd.start()
  expect(await come('nobody-knows')).toEqual({ code: 'log-in-refused' })
  await stage.world.call('system-admin', identityProviderRemove, { params })
})

test('who were given a password while the directory was away go back to its own, and what rested ends', async () => {
  await enter('returning')
  const { person, token = '' } = await sessionOf('returning')
  const made = await rawCall(stage.world, 'POST', pathWith(apiTokenCreate), {
    token,
    body: { name: '脚本', operations: ['system.list'], expiresAt: new Date(Date.now() + 86_400_000_000).toISOString() },
  })
  const params = { personId: person.id }
  const reset = () => stage.world.call('security-admin', passwordReset, { params })
  const remove = () => stage.world.call('security-admin', passwordRemove, { params })
  expect(await problemOf(remove())).toMatchObject({ code: 'password-held-elsewhere' })
  const { oneTimePassword } = await reset()
  expect(await come('returning')).toEqual({ code: 'log-in-refused' })
  const { token: given = '' } = await sessionOf('returning', oneTimePassword)
  await stage.switchOff()
  expect(await problemOf(remove())).toMatchObject({ status: 409, code: 'password-only-proof' })
  await stage.switchOn()
  await remove()
  const whoAmI = (bearer: string) => rawCall(stage.world, 'GET', '/api/v1/sessions/current', { token: bearer })
  expect(problemIn(await whoAmI(given)).code).toBe('not-signed-in')
  expect(problemIn(await whoAmI((made.body as { token: string }).token)).code).toBe('not-signed-in')
  expect(await come('returning', oneTimePassword)).toEqual({ code: 'log-in-refused' })
  expect((await sessionOf('returning')).person).toMatchObject({ id: person.id, hasPassword: false })
  expect((await stage.entries('password.remove'))[0]).toMatchObject({ target: person.id, outcome: 'done' })
})

test('keep their password where no provider knows them, and remove it from nobody but others', async () => {
  const { department, province } = stage.world.province
  const remove = (login: string, personId: string) =>
    problemOf(stage.world.call(login, passwordRemove, { params: { personId } }))
  const local = await addPerson(stage.world.yiduo, 'only-here', { role: 'department', at: department, reach: 'own' })
  expect(await remove('security-admin', local)).toMatchObject({ code: 'password-only-proof' })
  expect(await remove('system-admin', local)).toMatchObject({ code: 'not-permitted' })
  const own = await addPerson(stage.world.yiduo, 'second-sec', { role: 'security-admin', at: province, reach: 'all' })
  expect(await remove('second-sec', own)).toMatchObject({ code: 'person-oneself' })
  expect('session' in (await come('only-here', ours))).toBe(true)
})

test('of a directory that is switched off are nobody’s to another', async () => {
  await using other = await createDirectoryStage()
  await enter('claimed')
  const { person } = await sessionOf('claimed')
  await other.slapd.enter({ uid: 'claimed', cn: '冒名', ou: 'D-01', password: 'Another-2026-pw' })
  const { id } = await stage.world.call('system-admin', identityProviderCreate, {
    body: { ...directoryAsk(other.slapd), code: 'z-other', name: '另一个目录' },
  })
  const params = { identityProviderId: id }
  const body = { ...stage.standardRules, adopts: true }
  await stage.world.call('security-admin', identityProviderSetRules, { params, body })
  await stage.world.call('security-admin', identityProviderEnable, { params })
  await stage.switchOff()
  expect(await come('claimed', 'Another-2026-pw')).toEqual({ code: 'log-in-refused' })
  await stage.switchOn()
  expect((await sessionOf('claimed')).person.id).toBe(person.id)
  await stage.world.call('system-admin', identityProviderRemove, { params })
})

test('leave no password in any record, row or log', async () => {
  const right = 'Mark-Right-Pass-77aa'
  const wrong = 'Mark-Wrong-Pass-88bb'
  await stage.slapd.enter({ uid: 'marked', cn: '王芳', ou: 'D-01', password: right })
  await come('marked', wrong)
  await sessionOf('marked', right)
  await come('marked', wrong)
  await come(wrong, wrong)
  await stage.slapd.stop()
  await come('marked', right)
  await stage.slapd.start()
  const rows = await everyRow(stage.world.databaseUrl)
  expect(rows.some((it) => it.includes('marked'))).toBe(true)
  expect(logged.length).toBeGreaterThan(0)
  for (const secret of [right, wrong, searcher.password])
    expect([...rows, ...logged].filter((it) => it.includes(secret))).toEqual([])
  expect((await stage.entries('session.refuse')).map((it) => it.target)).toContain('marked')
})
