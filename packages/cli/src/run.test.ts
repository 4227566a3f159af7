import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listen, problem, type Route } from '../tests/loopback.ts'
import { createYiduo, ids } from '../tests/yiduo.ts'

const { yiduo, home } = createYiduo()

const page = (...items: unknown[]) => ({ items, nextCursor: null })
const organisation = (id: string, name: string) => ({
  id,
  name,
  actor: 'department',
  level: 'city',
  divisionCode: '510100',
})

test('a list goes out with its filters and comes back as a table, in the language that was asked for', async () => {
  await using server = await listen({ 'GET /organisations': () => page(organisation(ids.org, '成都市数据局')) })
  const { code, out, err } = await yiduo(['organisation', 'list', '--actor', 'department'], {
    YIDUO_URL: server.url,
    YIDUO_TOKEN: 't',
    LANG: 'zh_CN.UTF-8',
  })
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^编号 .*\norg_01.* {2}成都市数据局 /)
  expect(server.calls()).toEqual(['GET /organisations?actor=department'])
  expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'accept-language': 'zh-CN' })
})

test('--json is the exact answer and nothing else', async () => {
  const answer = { ...page(organisation(ids.org, 'A')), nextCursor: 'more' }
  await using server = await listen({ 'GET /organisations': () => answer })
  const { out, err } = await yiduo(['organisation', 'list', '--json', '--url', server.url])
  expect(JSON.parse(out)).toEqual(answer)
  expect(err).toBe('')
})

test('--quiet is the id and nothing else, one a line', async () => {
  const items = [organisation(ids.org, 'A'), organisation(ids.org2, 'B')]
  await using server = await listen({
    'GET /organisations': () => page(...items),
    [`GET /organisations/${ids.org}`]: () => items[0],
    'GET /quotas': () => page({ organisationId: ids.org, measure: 'vcpu', limit: 1, held: 0 }),
    'POST /passwords/change': () => null,
  })
  const list = await yiduo(['organisation', 'list', '-q', '--url', server.url])
  expect([list.code, list.out, list.err]).toEqual([0, `${ids.org}\n${ids.org2}`, ''])
  expect((await yiduo(['organisation', 'get', ids.org, '--quiet', '--url', server.url])).out).toBe(ids.org)
  expect((await yiduo(['quota', 'list', '-q', '--url', server.url])).out).toBe('')
  const change = await yiduo(['password', 'change', '-q', '--url', server.url], {}, ['old', 'new'])
  expect([change.code, change.out]).toEqual([0, ''])
})

test('--quiet and --json do not go together', async () => {
  const { code, err } = await yiduo(['organisation', 'list', '-q', '--json'])
  expect([code, err]).toEqual([2, 'Error: --json and --quiet do not go together.'])
})

test('--all goes through every page', async () => {
  await using server = await listen({
    'GET /organisations': ({ call }) =>
      call.includes('cursor=2')
        ? page(organisation(ids.org2, 'B'))
        : { ...page(organisation(ids.org, 'A')), nextCursor: '2' },
  })
  const { out } = await yiduo(['organisation', 'list', '--all', '--json', '--url', server.url])
  expect(JSON.parse(out).items.map(({ name }: { name: string }) => name)).toEqual(['A', 'B'])
})

test.each([
  [1, 409, 'code-taken'],
  [1, 422, 'quota-exceeded'],
  [1, 500, 'defect'],
  [2, 400, 'input-invalid'],
  [3, 401, 'session-expired'],
  [4, 403, 'not-permitted'],
  [5, 404, 'not-found'],
  [6, 503, 'database-unavailable'],
])('exit code %i for %i %s, with what to do next', async (exit, status, code) => {
  await using server = await listen({
    [`GET /organisations/${ids.org}`]: () => problem(status, code, { words: 'in its own words' }),
  })
  const args = ['organisation', 'get', ids.org, '--url', server.url]
  const plain = await yiduo(args)
  expect(plain.code).toBe(exit)
  expect(plain.out).toBe('')
  for (const part of [`detail of ${code}`, `next of ${code}`, 'trace-1', 'in its own words'])
    expect(plain.err).toContain(part)
  const json = await yiduo([...args, '--json'])
  expect([json.code, JSON.parse(json.err).code]).toEqual([exit, code])
})

test('exit code 6 where nobody answers, and where somebody else does', async () => {
  const gone = await listen({})
  await gone[Symbol.asyncDispose]()
  expect((await yiduo(['organisation', 'list', '--url', gone.url])).code).toBe(6)
  await using proxy = await listen({
    'GET /organisations': (_, response) => response.writeHead(502).end('<h1>Bad gateway'),
  })
  const { code, err } = await yiduo(['organisation', 'list', '--url', proxy.url])
  expect(code).toBe(6)
  expect(err).toContain('Bad gateway')
})

test.each([
  [['organisatoin', 'list']],
  [['organisation', 'lst']],
  [['organisation', 'list', '--nmae', 'x']],
  [['organisation', 'create', '--name', 'x']],
  [['completion', 'fish']],
])('exit code 2 for %j, before anybody is asked', async (args) => {
  await using server = await listen({})
  const { code, out, err } = await yiduo(args, { YIDUO_URL: server.url })
  expect([code, out, server.seen]).toEqual([2, '', []])
  expect(err).not.toBe('')
})

test('names stand for ids wherever the server asks for one, each looked up once', async () => {
  await using server = await listen({
    'GET /systems': () => page({ id: ids.sys, name: '城市运行系统' }),
    'GET /offerings': () =>
      page({ id: 'off_x', code: 'general', plans: [{ id: ids.pln, code: 'general-2c4g', name: '通用' }] }),
    'POST /requests/quote': () => ({ monthlyPriceYuanE4: 0, approvedByRule: true, lines: [], refusals: [] }),
  })
  const lines = ['--line', 'plan=general-2c4g,name=a', '--line', 'plan=general-2c4g,name=b']
  const { code } = await yiduo(['request', 'quote', '--system', '城市运行系统', ...lines, '--url', server.url])
  expect(code).toBe(0)
  expect(server.seen.at(-1)?.body).toEqual({
    systemId: ids.sys,
    lines: [
      { planId: ids.pln, name: 'a' },
      { planId: ids.pln, name: 'b' },
    ],
  })
  expect(server.calls().toSorted()).toEqual([
    'GET /offerings?limit=500',
    'GET /systems?limit=500',
    'POST /requests/quote',
  ])
})

test('a name that two things bear is refused with their ids; one that none bears is not found', async () => {
  await using server = await listen({
    'GET /organisations': () => page(organisation(ids.org, 'A'), organisation(ids.org2, 'A')),
  })
  const both = await yiduo(['organisation', 'get', 'A', '--url', server.url])
  expect([both.code, both.err.includes(ids.org) && both.err.includes(ids.org2)]).toEqual([2, true])
  expect((await yiduo(['organisation', 'get', 'B', '--url', server.url])).code).toBe(5)
})

const session = (stage: string, token = 'token-1') => ({
  id: 'ses_1',
  stage,
  provenAt: null,
  person: {
    id: 'prs_1',
    login: 'wang',
    name: '王芳',
    organisationId: ids.org,
    mustChangePassword: false,
    kind: 'person',
    endedAt: null,
  },
  grants: [],
  expiresAt: '2026-11-23T00:00:00Z',
  token,
})

test('log-in asks without echo and stores the token where only its owner reads it', async () => {
  await using server = await listen({
    'POST /sessions': () => session('complete'),
    'GET /sessions/current': () => session('complete'),
    'DELETE /sessions/current': () => null,
  })
  const { code, prompts } = await yiduo(['login', '--url', server.url], {}, ['wang', 'secret'])
  expect(code).toBe(0)
  expect(prompts.map(({ secret }) => secret)).toEqual([false, true])
  expect(server.seen[0]?.body).toEqual({ login: 'wang', password: 'secret' })
  const path = join(home(), '.config', 'yiduo', 'config.json')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ url: server.url, token: 'token-1', login: 'wang' })

  const who = await yiduo(['whoami'])
  expect(who.out).toContain('王芳')
  expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer token-1')

  expect((await yiduo(['logout'])).code).toBe(0)
  expect(server.seen.at(-1)).toMatchObject({
    call: 'DELETE /sessions/current',
    headers: { authorization: 'Bearer token-1' },
  })
  expect(() => statSync(path)).toThrow()
})

test('a stored token goes to no other server', async () => {
  await using server = await listen({ 'GET /organisations': () => page() })
  const YIDUO_CONFIG = join(home(), 'profile.json')
  writeFileSync(YIDUO_CONFIG, JSON.stringify({ url: 'http://elsewhere', token: 'secret', login: 'wang' }))
  await yiduo(['organisation', 'list', '--url', server.url], { YIDUO_CONFIG })
  expect(server.seen[0]?.headers.authorization).toBeUndefined()
})

test('a one-time password is changed at log-in, typed twice, and the new token is kept', async () => {
  await using server = await listen({
    'POST /sessions': () => session('password-change'),
    'POST /passwords/change': () => session('complete', 'token-2'),
  })
  const answers = ['one-time', 'new-Passw0rd', 'mistyped', 'new-Passw0rd', 'new-Passw0rd']
  const { code } = await yiduo(['login', '--url', server.url, '--login', 'wang'], {}, answers)
  expect(code).toBe(0)
  const change = server.seen.find(({ call }) => call === 'POST /passwords/change')
  expect(change?.body).toEqual({ oldPassword: 'one-time', newPassword: 'new-Passw0rd' })
  expect(change?.headers.authorization).toBe('Bearer token-1')
  expect(readFileSync(join(home(), '.config', 'yiduo', 'config.json'), 'utf8')).toContain('token-2')
})

test('what a log-in lacks is asked for step by step, and each new token is kept', async () => {
  const begun = { id: 'fac_1', secret: 'JBSWY3DP', uri: 'otpauth://totp/Yiduo:wang?secret=JBSWY3DP' }
  await using server = await listen({
    'POST /sessions': () => session('second-factor-set-up'),
    'POST /second-factors/totp': () => begun,
    'POST /second-factors/fac_1/confirm': () => session('complete', 'token-2'),
    'POST /second-factors/totp/prove': () => session('complete', 'token-3'),
  })
  const first = await yiduo(['login', '--url', server.url, '--login', 'wang'], {}, ['secret', '123 456'])
  expect(first.code).toBe(0)
  expect(first.err).toContain(begun.uri)
  expect(server.seen.at(-1)).toMatchObject({ body: { code: '123456' }, headers: { authorization: 'Bearer token-1' } })
  const again = await yiduo(['totp', 'prove', '--code', '654321', '--json'])
  expect(again.out).not.toContain('token-3')
  expect(readFileSync(join(home(), '.config', 'yiduo', 'config.json'), 'utf8')).toContain('token-3')
})

test('where nobody can be asked, log-in takes the password from the environment and says what remains to be done', async () => {
  await using server = await listen({ 'POST /sessions': () => session('password-change') })
  const { code, err } = await yiduo(['login', '--url', server.url, '--login', 'wang'], { YIDUO_PASSWORD: 'p' })
  expect(code).toBe(0)
  expect(err).toContain('yiduo login')
})

test('a wrong password is exit code 3', async () => {
  await using server = await listen({ 'POST /sessions': () => problem(401, 'log-in-refused') })
  expect((await yiduo(['login', '--url', server.url, '--login', 'w'], { YIDUO_PASSWORD: 'p' })).code).toBe(3)
})

test('secrets that were not given are asked for, never put on the command line', async () => {
  await using server = await listen({ 'POST /passwords/change': () => null })
  const { code, out, prompts } = await yiduo(['password', 'change', '--url', server.url], {}, ['old', 'new'])
  expect([code, out]).toEqual([0, 'Done.'])
  expect(prompts.every(({ secret }) => secret)).toBe(true)
  expect(server.seen[0]?.body).toEqual({ oldPassword: 'old', newPassword: 'new' })
})

test('a POST whose connection breaks is repeated under its key', async () => {
  let tries = 0
  const approve: Route = (_, response) => (++tries === 1 ? response.destroy() : { id: ids.req, state: 'delivering' })
  await using server = await listen({ [`POST /requests/${ids.req}/approve`]: approve })
  expect((await yiduo(['request', 'approve', ids.req, '--remark', '同意', '--url', server.url])).code).toBe(0)
  expect(server.seen).toHaveLength(2)
  expect(new Set(server.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
})

test('help is there for everything, and asks nobody', async () => {
  for (const args of [
    [],
    ['--help'],
    ['help'],
    ['request'],
    ['request', '--help'],
    ['request', 'create', '--help'],
    ['help', 'request', 'create'],
  ]) {
    const { code, out, err } = await yiduo(args, { YIDUO_URL: 'http://127.0.0.1:9' })
    expect([args, code, err]).toEqual([args, 0, ''])
    expect(out).toContain(args.includes('create') ? '--line' : 'request')
  }
  const { out } = await yiduo(['help', 'exit-codes'])
  expect(out.split('\n').map((line) => line[0])).toEqual(['0', '1', '2', '3', '4', '5', '6'])
})

test('--lang wins over the environment, wherever it stands', async () => {
  expect((await yiduo(['--lang', 'zh', 'help', 'exit-codes'])).out).toContain('成功')
  expect((await yiduo(['nothing', '--lang=en'], { LANG: 'zh_CN' })).err).toContain('There is no command')
  expect((await yiduo(['nothing'], { LANG: '' })).err).toContain('没有')
  expect((await yiduo(['nothing'], { LANG: 'zh_CN', LC_ALL: 'C' })).err).toContain('There is no command')
})

test('completion knows every noun, verb and flag', async () => {
  const { out } = await yiduo(['completion', 'bash'])
  expect(out).toContain("'request create') words='--system --line --template --part --expires-at --body --submit")
  expect((await yiduo(['completion', 'zsh'])).out).toContain('bashcompinit')
})

const answersFile =
  (text: string, cutOff = false): Route =>
  (_, response) => {
    response.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8',
      ...(cutOff ? { 'content-length': String(text.length + 100) } : {}),
    })
    if (!cutOff) return void response.end(text)
    response.write(text, () => response.destroy())
  }

test('a file goes to standard output, or whole to where it was asked for', async () => {
  await using server = await listen({ 'GET /usage/export': answersFile('a,b\r\n') })
  const exported = ['usage', 'export', '--url', server.url]
  expect(await yiduo(exported)).toMatchObject({ code: 0, out: 'a,b\r\n', err: '' })
  const path = join(home(), 'usage.csv')
  const saved = await yiduo([...exported, '--output', path])
  expect([saved.code, saved.out, readFileSync(path, 'utf8')]).toEqual([0, '', 'a,b\r\n'])
  expect(saved.err).toContain(path)
})

test('a file that breaks off leaves what stood there before, and says so', async () => {
  await using server = await listen({ 'GET /usage/export': answersFile('a,', true) })
  const path = join(home(), 'usage.csv')
  writeFileSync(path, 'before')
  const { code, err } = await yiduo(['usage', 'export', '--url', server.url, '--output', path])
  expect([code === 0, readFileSync(path, 'utf8')]).toEqual([false, 'before'])
  expect(err).toContain(path)
})

test('a file is sent as it is, under its own name; one that is not there is told of before anything is sent', async () => {
  const requestId = 'req_01ja8kz5v0e8y9m2n4p6q8r0st'
  const id = 'att_01ja8kz5v0e8y9m2n4p6q8r0st'
  await using server = await listen({ [`POST /requests/${requestId}/attachments`]: () => ({ id, name: 'a' }) })
  const path = join(home(), '测算.txt')
  writeFileSync(path, '{"servers":4}')
  const attach = (...words: string[]) => yiduo(['request', 'attach', requestId, ...words, '--url', server.url])
  expect(await attach(path, '--quiet')).toMatchObject({ code: 0, out: id })
  expect(server.calls()).toEqual([`POST /requests/${requestId}/attachments?name=${encodeURIComponent('测算.txt')}`])
  expect(server.seen[0]).toMatchObject({
    body: { servers: 4 },
    headers: { 'content-type': 'application/octet-stream', 'content-length': '13' },
  })
  expect((await attach(`${path}.not`)).err).toContain('.not')
  expect((await attach()).code).toBe(2)
  expect(server.seen).toHaveLength(1)
})
