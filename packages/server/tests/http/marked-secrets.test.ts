import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  apiTokenCreate,
  auditList,
  noticeList,
  operations,
  passwordChange,
  personCreate,
  platformAdd,
  platformEdit,
  sessionCreate,
  sessionGet,
  totpBegin,
  webhookCreate,
  webhookTest,
} from '@yiduo/contract'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { addPerson } from '../world/people.ts'
import { methodOf, pathWith, type RawCall, rawCall } from '../world/raw.ts'
import { everyRow } from '../world/statements.ts'
import { cloudName, connectTestCloud, createWorld, type World } from '../world/world.ts'

/** Each is a word that stands nowhere else; what is made by the server itself joins them. */
const marks = {
  password: 'Mark-Password-7f3a',
  newPassword: 'Mark-Newer-Pass-91c2',
  wrongPassword: 'Mark-Wrong-Pass-5e5e',
  credential: 'mark-credential-c0ffee',
  badCredential: 'mark-bad-credential-d00d',
  inQuery: 'mark-in-a-query-beef',
  inHeader: 'mark-in-a-header-face',
  inBrokenJson: 'mark-in-broken-json-dead',
  inAddress: 'mark-in-an-endpoint-cafe',
}

/** Whatever anybody is answered or finds written; what is told just once is not kept. */
const createWitness = (world: World) => {
  const seen: string[] = []
  const ask = async (method: string, path: string, call: RawCall = {}) => {
    const answer = await rawCall(world, method, path, call)
    seen.push(JSON.stringify([answer.body, [...answer.headers]]))
    return answer
  }
  return { seen, ask }
}

const platformBody = (world: World, it: Record<string, unknown>) => ({
  dataCentreId: world.province.dataCentre.id,
  code: 'marked',
  name: 'marked',
  driver: 'sim',
  endpoint: `sim://${cloudName}`,
  ...it,
})

/** What goes wrong, with a secret in it: the easiest way for one to be repeated. */
const fail = async (world: World, { ask }: ReturnType<typeof createWitness>, platformId: string): Promise<number[]> => {
  const operator = await world.tokenOf('operator')
  const sysadmin = await world.tokenOf('sysadmin')
  const add = (it: Record<string, unknown>) =>
    ask('POST', pathWith(platformAdd), { token: operator, body: platformBody(world, { code: 'other', ...it }) })
  const person = { login: 'other', name: 'other', organisationId: world.province.department.id }
  const bad = { token: marks.badCredential }
  const logIn = (body: unknown) => ask('POST', pathWith(sessionCreate), { body })
  const answers = [
    await logIn({ login: 'department', password: marks.wrongPassword }),
    await logIn({ login: marks.wrongPassword, password: marks.wrongPassword }),
    await logIn({ login: 'department', password: [marks.wrongPassword] }),
    await logIn({ login: 'department', password: marks.wrongPassword.repeat(20) }),
    await logIn({ login: 'department', passwort: marks.wrongPassword }),
    await logIn(`{"login":"department","password":"${marks.inBrokenJson}`),
    await logIn(`${'['.repeat(40)}"${marks.inBrokenJson}"`),
    await ask('POST', pathWith(personCreate), { token: sysadmin, body: { ...person, password: 'short' } }),
    await ask('POST', pathWith(personCreate), {
      token: sysadmin,
      body: { ...person, password: `${marks.password}\0` },
    }),
    await ask('POST', pathWith(passwordChange), {
      token: sysadmin,
      body: { oldPassword: marks.wrongPassword, newPassword: marks.newPassword },
    }),
    await add({ credential: { token: 7, more: marks.badCredential } }),
    await add({ credential: marks.badCredential }),
    await add({ driver: 'none', credential: bad }),
    await add({ dataCentreId: 'nowhere', credential: bad }),
    await add({ code: 'marked', credential: bad }),
    await ask('PATCH', pathWith(platformEdit, { platformId }), {
      token: operator,
      body: { credential: bad, unknown: marks.badCredential },
    }),
    await ask('GET', `${pathWith(sessionGet)}?token=${marks.inQuery}`),
    await ask('GET', `/api/v1/consoles/${marks.inQuery}`),
    await ask('GET', pathWith(sessionGet), { headers: { authorization: `Bearer ${marks.inHeader}` } }),
    await ask('GET', pathWith(sessionGet), { headers: { cookie: `yiduo-session=${marks.inHeader}` } }),
  ]
  return answers.map(({ status }) => status)
}

interface Written {
  readonly seen: readonly string[]
  readonly logged: readonly string[]
  readonly rows: readonly string[]
}

const nothingStandsIn = ({ seen, logged, rows }: Written, told: Readonly<Record<string, string>>): void => {
  const { inAddress, ...everywhere } = marks
  const found = Object.entries({ ...everywhere, ...told }).flatMap(([name, mark]) =>
    [...seen, ...logged, ...rows].filter((text) => text.includes(mark)).map((text) => `${name}: ${text.slice(0, 300)}`),
  )
  expect(found).toEqual([])
  // The path of a webhook may be a secret of its receiver: its owner reads it, and no record, event or log does.
  expect(logged.filter((line) => line.includes(inAddress))).toEqual([])
  const keeping = rows.filter((row) => row.includes(inAddress)).map((row) => row.split(' ')[0])
  expect(new Set(keeping)).toEqual(new Set(['webhooks', 'idempotency_keys']))
}

/** A person made with a password, who changes it and is in twice: both tokens were told once. */
const enterTwice = async (
  world: World,
  { ask }: ReturnType<typeof createWitness>,
): Promise<{ first: string; second: string }> => {
  const sysadmin = await world.tokenOf('sysadmin')
  const marked = { login: 'marked', name: 'marked', organisationId: world.province.department.id }
  const made = await ask('POST', pathWith(personCreate), {
    token: sysadmin,
    body: { ...marked, password: marks.password },
  })
  expect(made.status).toBe(201)
  const entered = await rawCall(world, 'POST', pathWith(sessionCreate), {
    body: { login: 'marked', password: marks.password },
  })
  const first = (entered.body as { token: string }).token // told once
  const change = { oldPassword: marks.password, newPassword: marks.newPassword }
  const changed = await rawCall(world, 'POST', pathWith(passwordChange), { token: first, body: change })
  expect(changed.status).toBeLessThan(300)
  const again = await rawCall(world, 'POST', pathWith(sessionCreate), {
    body: { login: 'marked', password: marks.newPassword },
  })
  const second = (again.body as { token: string }).token
  return { first, second }
}

test('a secret that came in or was told once stands in no log, answer, record, event, notice or row after', async () => {
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const receiver = createServer((_request, answer) => answer.writeHead(500).end('no')).listen(0, '127.0.0.1')
  await using stack = new AsyncDisposableStack()
  stack.defer(() => void receiver.close())
  const world = stack.use(await createWorld({ log, environment: { YIDUO_WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8' } }))
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
  const witness = createWitness(world)
  const { ask, seen } = witness

  const operator = await world.tokenOf('operator')
  const credential = { token: marks.credential }
  const headers = { 'idempotency-key': 'marked' }
  const body = platformBody(world, { credential })
  const added = await ask('POST', pathWith(platformAdd), { token: operator, body, headers })
  const { platform, operation } = added.body as { platform: { id: string }; operation: { id: string } } // used below
  await world.operationEnded('operator', operation.id) // the cloud refuses it, in its own words
  await ask('POST', pathWith(platformAdd), { token: operator, body, headers }) // recalled
  expect(added.status).toBe(202)
  const { first, second } = await enterTwice(world, witness)
  const once = async <T>(login: string, path: string, given: unknown): Promise<T> => {
    const answer = await rawCall(world, 'POST', path, {
      token: await world.tokenOf(login),
      body: given,
      headers: { 'idempotency-key': path },
    })
    expect([path, answer.status]).toEqual([path, 201])
    return answer.body as T
  }
  const hookBody = {
    organisationId: world.province.operator.id,
    endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${marks.inAddress}`,
  }
  const hook = await once<{ id: string; secret: string }>('operator', pathWith(webhookCreate), hookBody)
  const inAYear = new Date(Date.now() + 30 * 86_400_000).toISOString()
  const token = await once<{ token: string }>('department', pathWith(apiTokenCreate), {
    name: 'marked',
    operations: ['system.list'],
    expiresAt: inAYear,
  })
  const totp = await once<{ secret: string; uri: string }>('department', pathWith(totpBegin), { name: 'marked' })
  await world.call('operator', webhookTest, { params: { webhookId: hook.id } })
  await world.yiduo.reconcilers.runNow('outbox')
  await world.yiduo.reconcilers.runNow('notices')

  const statuses = await fail(world, witness, platform.id)
  expect(statuses.filter((status) => status < 400)).toEqual([])
  expect(statuses.filter((status) => status >= 500)).toEqual([])

  for (const spec of operations.filter((it) => methodOf(it) === 'GET' && it.name !== 'event.stream'))
    for (const login of ['operator', 'auditor', 'sysadmin', 'department'])
      await ask('GET', pathWith(spec, { platformId: platform.id, webhookId: hook.id }), {
        token: await world.tokenOf(login),
      })
  expect((await world.call('auditor', auditList, { query: { limit: 500 } })).items.length).toBeGreaterThan(10)
  await world.call('operator', noticeList, {})
  const rows = await everyRow(world.databaseUrl)
  expect(rows.length).toBeGreaterThan(100)
  expect(logged.length).toBeGreaterThan(0)

  const told = { session: first, second, operator, webhook: hook.secret, apiToken: token.token, totp: totp.secret }
  nothingStandsIn({ seen, logged, rows }, told)
})
