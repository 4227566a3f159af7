import { aboutGet, operations, requestCreate, sessionCreate, sessionGet, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { methodOf, pathWith, problemIn, type RawCall, rawCall } from '../world/raw.ts'
import { password } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    environment: {
      YIDUO_TRUST_PROXY: '127.0.0.0/8',
      YIDUO_RATE_ADDRESS: '40/600',
      YIDUO_RATE_ACCOUNT: '12/600',
      YIDUO_RATE_TOKEN: '8/600',
      YIDUO_RATE_LOG_IN_ADDRESS: '6/600',
      YIDUO_RATE_LOG_IN_NAME: '4/600',
    },
  })
})
afterAll(() => world[Symbol.asyncDispose]())

/** A proxy beside the server says that somebody else asks. */
const from = (address: string, more: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...more })
const get = (path: string, call: RawCall = {}) => rawCall(world, 'GET', path, call)
const logIn = (login: string, headers: Record<string, string>, given = password) =>
  rawCall(world, 'POST', pathWith(sessionCreate), { body: { login, password: given }, headers })
const tokenIn = ({ body }: { body: unknown }): string => (body as { token: string }).token // asserted by its use

describe('every answer', () => {
  const expected = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  }

  test.each([
    '/',
    '/requests/req_1',
    '/api/v1/nothing',
    '/api/v1/events',
    pathWith(aboutGet),
    pathWith(systemList),
    '/openapi.json',
    '/docs/',
    '/docs/static/swagger-ui.css',
    '/docs/faults',
    '/healthz',
    '/assets/gone.js',
    '/%',
  ])('of %s tells the browser what it may not do', async (path) => {
    const { headers } = await get(path)
    expect(Object.fromEntries(headers)).toMatchObject(expected)
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull()
  })

  test('of the event stream too, which goes past all hooks', async () => {
    const { status, headers } = await get('/api/v1/events', { token: await world.tokenOf('department') })
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject(expected)
  })

  test('is kept by nobody, unless it is the same for ever', async () => {
    expect((await get(pathWith(aboutGet))).headers.get('cache-control')).toBe('no-store')
    const own = await get(pathWith(sessionGet), { token: await world.tokenOf('department') })
    expect(own.headers.get('cache-control')).toBe('no-store')
  })

  test('asks for HTTPS where it came over HTTPS, and only a trusted proxy can say so', async () => {
    const https = await get('/healthz', { headers: from('203.0.113.1', { 'x-forwarded-proto': 'https' }) })
    expect(https.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/)
    await using plain = await createWorld()
    const spoofed = await rawCall(plain, 'GET', '/healthz', { headers: { 'x-forwarded-proto': 'https' } })
    expect(spoofed.headers.get('strict-transport-security')).toBeNull()
  })
})

test('a page opens WebSockets to its own host and to no other, whatever host is asked for', async () => {
  const policyFor = async (headers: Record<string, string>) =>
    (await get('/', { headers })).headers.get('content-security-policy') ?? ''
  const { host } = new URL(world.url)
  expect(await policyFor({})).toContain(`connect-src 'self' ws://${host}`)
  expect(await policyFor({})).not.toMatch(/wss?:( |;|$)/)
  expect(await policyFor({ 'x-forwarded-proto': 'https' })).toContain(`wss://${host}`)
  const forged = await policyFor({ 'x-forwarded-host': 'a.example; script-src *' })
  expect(forged).toMatch(/connect-src 'self'$/)
})

describe('limits', () => {
  test('on an address hold for all who ask from there and for nobody else, and say when to come again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 41 }, () => get('/api/v1/nothing', { headers: from('203.0.113.10') })),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    const refused = await get('/', { headers: from('203.0.113.10', { 'accept-language': 'en' }) })
    expect(refused.status).toBe(429)
    expect(problemIn(refused)).toMatchObject({ code: 'too-many-requests' })
    expect(problemIn(refused).next).toMatch(/Wait \d+ s/)
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(590)
    expect(seconds).toBeLessThanOrEqual(600)
    expect((await get(pathWith(aboutGet), { headers: from('203.0.113.11') })).status).toBe(200)
    expect((await get('/healthz', { headers: from('203.0.113.10') })).status).toBe(200)
  })

  test('count an IPv6 network as one address', async () => {
    const ask = (host: number, network: number) =>
      get('/api/v1/nothing', { headers: from(`2001:db8:0:${network.toString(16)}::${host.toString(16)}`) })
    for (const answer of await Promise.all(Array.from({ length: 40 }, (_, host) => ask(host + 1, 1))))
      expect(answer.status).toBe(404)
    expect((await ask(99, 1)).status).toBe(429)
    expect((await ask(99, 2)).status).toBe(404)
  })

  test('hold for one token, and for one person over all their tokens', async () => {
    const sessions = await Promise.all([1, 2].map(async () => tokenIn(await logIn('operator', {}))))
    const statuses = async (token: string, count: number) => {
      const found: number[] = []
      for (let at = 0; at < count; at++)
        found.push((await get(pathWith(sessionGet), { token, headers: from(`203.0.113.${100 + at}`) })).status)
      return found
    }
    const ok = (count: number) => Array.from({ length: count }, () => 200)
    expect(await statuses(sessions[0] ?? '', 9)).toEqual([...ok(8), 429])
    expect(await statuses(sessions[1] ?? '', 5)).toEqual([...ok(4), 429])
    // Somebody else at the same addresses goes on.
    expect(await statuses(tokenIn(await logIn('department', {})), 5)).toEqual(ok(5))
  })

  test('on log-ins are stricter: of one name from anywhere, and from one address by any name', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 5; at++)
      statuses.push((await logIn(at % 2 ? 'NOBODY-7' : 'nobody-7', from(`203.0.113.${50 + at}`))).status)
    expect(statuses).toEqual([401, 401, 401, 401, 429])
    statuses.length = 0
    for (let at = 0; at < 7; at++) statuses.push((await logIn(`nobody-${10 + at}`, from('203.0.113.60'))).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429])
    // A right password is no way past it.
    expect((await logIn('department', from('203.0.113.60'))).status).toBe(429)
    expect((await logIn('department', from('203.0.113.61'))).status).toBe(201)
  })

  test('let whoever sits at the server itself work on', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => get('/api/v1/nothing')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
  })
})

describe('where a request comes from', () => {
  const addressSeen = async (at: World, headers: Record<string, string>): Promise<unknown> => {
    await rawCall(at, 'POST', pathWith(sessionCreate), { body: { login: 'department', password }, headers })
    const [entry] = await rowsOf<{ address: string }>(
      at.databaseUrl,
      `select address from audit_entries where operation = 'session.create' order by id desc limit 1`,
    )
    return entry?.address
  }

  test('is what a trusted proxy says, and what stands before it in the header counts for nothing', async () => {
    expect(await addressSeen(world, from('198.51.100.9, 203.0.113.77'))).toBe('203.0.113.77')
  })

  test('is the next hop’s word where one is trusted without its address', async () => {
    await using next = await createWorld({ environment: { YIDUO_TRUST_PROXY: '1' } })
    expect(await addressSeen(next, from('198.51.100.9, 203.0.113.78'))).toBe('203.0.113.78')
  })

  test('is nobody’s word where none is trusted, or the one that speaks is not', async () => {
    for (const environment of [{}, { YIDUO_TRUST_PROXY: '10.0.0.0/8' }]) {
      await using other = await createWorld({ environment })
      expect(await addressSeen(other, from('203.0.113.79', { forwarded: 'for=203.0.113.79' }))).toMatch(/127\.0\.0\.1$/)
    }
  })

  test('cannot be configured as something else than addresses', async () => {
    await expect(createWorld({ environment: { YIDUO_TRUST_PROXY: 'everybody' } })).rejects.toThrow('YIDUO_TRUST_PROXY')
    await expect(createWorld({ environment: { YIDUO_RATE_TOKEN: 'many' } })).rejects.toThrow('YIDUO_RATE_TOKEN')
  })
})

describe('a body made to exhaust', () => {
  const post = async (body: string) => {
    const token = await world.tokenOf('department')
    return problemIn(await rawCall(world, 'POST', pathWith(requestCreate), { token, body }))
  }
  const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)

  test.each([33, 1_000, 100_000])('by %i levels of lists is refused before it is parsed', async (depth) => {
    expect(await post(nested('[', ']', depth))).toMatchObject({ status: 400, code: 'body-too-deep' })
    expect(await post(nested('{"a":', '}', depth).replace('}', '1}'))).toMatchObject({ code: 'body-too-deep' })
  })

  test('as a map with endless rings is refused as well', async () => {
    const geometry = `{"type":"FeatureCollection","features":[{"geometry":{"coordinates":${nested('[', ']', 40)}}}]}`
    expect(await post(geometry)).toMatchObject({ code: 'body-too-deep' })
    const points = Array.from({ length: 90_000 }, () => '[118.1,32.2]').join(',')
    expect(await post(`{"features":[${points}]}`)).toMatchObject({ status: 400, code: 'body-too-large' })
  })

  test('is told from one that only speaks of brackets', async () => {
    expect(await post(JSON.stringify({ systemId: '[{"\\'.repeat(40) }))).toMatchObject({ code: 'input-invalid' })
    expect(await post(nested('[', ']', 32))).toMatchObject({ code: 'input-invalid' })
  })

  test.each(['{"__proto__":{"admin":true}}', '{"lines":[{"\\u005f_proto__":1}]}'])(
    '%s names no prototype of ours',
    async (body) => {
      expect(await post(body)).toMatchObject({ status: 400, code: 'body-unreadable' })
    },
  )
})

describe('a token or cookie that is none of ours', () => {
  test('opens nothing, however near it comes', async () => {
    const token = await world.tokenOf('department')
    const flipped = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`
    const forged = [
      token.slice(0, -1),
      token.slice(0, 10),
      'yds_',
      `${token}A`,
      flipped,
      token.toUpperCase(),
      `yds_${'A'.repeat(43)}`,
      `${token}%00`,
      "yds_' or '1'='1",
      'x'.repeat(8_000),
    ]
    for (const given of forged) {
      const bearer = await get(pathWith(sessionGet), { headers: { authorization: `Bearer ${given}` } })
      expect([given, bearer.status]).toEqual([given, 401])
      const cookie = await get(pathWith(sessionGet), { headers: { cookie: `yiduo-session=${given}` } })
      expect([given, cookie.status]).toEqual([given, 401])
    }
    expect((await get(pathWith(sessionGet), { token })).status).toBe(200)
  })

  test('over HTTPS is under a name that no other host of the domain can set, and no other name opens anything', async () => {
    const https = from('203.0.113.130', { 'x-forwarded-proto': 'https' })
    const answer = await rawCall(world, 'POST', pathWith(sessionCreate), {
      body: { login: 'department', password, cookie: true },
      headers: https,
    })
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/^__Host-yiduo-session=yds_[^;]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=\d+$/)
    const token = /=(yds_[^;]+)/.exec(set)?.[1] ?? ''
    const as = (cookie: string, headers: Record<string, string>) =>
      get(pathWith(sessionGet), { headers: { ...headers, cookie } })
    expect((await as(`__Host-yiduo-session=${token}`, https)).status).toBe(200)
    expect((await as(`yiduo-session=${token}`, https)).status).toBe(401)
    expect((await as(`yiduo-session=yds_tossed; __Host-yiduo-session=${token}`, https)).status).toBe(200)
    const headers = { ...https, cookie: `__Host-yiduo-session=${token}`, origin: world.url }
    const out = await rawCall(world, 'DELETE', pathWith(sessionGet), { headers })
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-yiduo-session=; .*Secure; Max-Age=0/)
  })

  test('does not hide behind another scheme, another name or a second cookie', async () => {
    const token = await world.tokenOf('department')
    for (const headers of [
      { authorization: `Basic ${token}` },
      { authorization: token },
      { cookie: `yiduo-session2=${token}` },
      { cookie: `x=yiduo-session=${token}` },
      { 'x-api-key': token },
      { authorization: 'Bearer wrong', cookie: `yiduo-session=${token}` },
    ] as Record<string, string>[])
      expect((await get(pathWith(sessionGet), { headers })).status).toBe(401)
    expect((await get(`${pathWith(sessionGet)}?token=${token}&access_token=${token}`)).status).toBe(401)
  })

  test('is refused by every operation that asks for one', async () => {
    const headers = { authorization: `Bearer yds_${'A'.repeat(43)}` }
    const asked = operations.filter((it) => it.access !== 'public')
    const statuses = await Promise.all(
      asked.map(async (spec) => {
        const call = { headers, ...(spec.body ? { body: {} } : {}) }
        return (await rawCall(world, methodOf(spec), pathWith(spec), call)).status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([401]))
    expect(asked.length).toBeGreaterThan(100)
  })
})
