import { auditList, type Problem, requestCreate, requestSubmit, resourceList, systemCreate } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { bodyOf, createSystem, draft, problemOf, resourceOf, submit, tested } from '../world/orders.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const post = async (body: unknown, headers: Record<string, string> = {}): Promise<Problem> => {
  const token = await world.tokenOf('department')
  return problemIn(await rawCall(world, 'POST', pathWith(requestCreate), { token, body, headers }))
}
const invalid = (field: string) => ({ status: 400, code: 'input-invalid', detail: expect.stringContaining(field) })
const english = { 'accept-language': 'en' }

test.each([0, -1, 1.5, 101, 1_000_000, '3', null])(
  'a request for %s servers is refused by name of the field',
  async (quantity) => {
    const body = { ...bodyOf(world), lines: [{ ...bodyOf(world).lines[0], quantity }] }
    expect(await post(body, english)).toMatchObject(invalid('lines.0.quantity'))
  },
)

test.each([-1, 65_537, 1e300])('a data volume of %s GiB is refused', async (dataVolumeGib) => {
  const body = { ...bodyOf(world), lines: [{ ...bodyOf(world).lines[0], dataVolumeGib }] }
  expect(await post(body, english)).toMatchObject(invalid('lines.0.dataVolumeGib'))
})

test('a request without a line is refused, and so is one with too many', async () => {
  const { systemId, lines } = bodyOf(world)
  expect(await post({ systemId, lines: [] }, english)).toMatchObject(invalid('lines'))
  expect(await post({ systemId, lines: Array.from({ length: 51 }, () => lines[0]) }, english)).toMatchObject(
    invalid('lines'),
  )
})

test('the most that can be asked for is more than any platform has: it is refused whole and holds nothing', async () => {
  const { systemId, lines } = bodyOf(world)
  const ask = async (batches: number) =>
    rawCall(world, 'POST', pathWith(requestCreate), {
      token: await world.tokenOf('department'),
      body: {
        systemId,
        lines: Array.from({ length: batches }, (_, line) => ({ ...lines[0], quantity: 100, name: `第 ${line} 批` })),
      },
    })
  expect(problemIn(await ask(3))).toMatchObject({ status: 400, code: 'request-too-large' })
  const drafted = await ask(2)
  expect(drafted.status).toBe(201)
  const { id } = drafted.body as { id: string }
  expect(await problemOf(submit(world, id))).toMatchObject({ status: 422, code: 'no-platform-fits' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test.each(['2026-06-30T23:59:60Z', '2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '明天', '2020-01-01T00:00:00Z'])(
  'an end at %s is refused',
  async (expiresAt) => {
    expect(await post({ ...bodyOf(world), expiresAt }, english)).toMatchObject(invalid('expiresAt'))
  },
)

const names = [
  '低保核对系统—生产',
  'Система учёта',
  'مرحبا بالعالم',
  'नमस्ते दुनिया',
  '𠮷野家 👨‍👩‍👧‍👦',
  "Robert'); DROP TABLE resources;--",
  '<script>alert(1)</script>',
  '%s %n {0} $(name) \\',
  'İstanbul ẞ ǅ',
  'e\u0301 as two characters',
  '字'.repeat(120),
]

describe('names in any script', () => {
  test.each(names)('%s goes the whole way and comes back as it was', async (name) => {
    const system = await createSystem(world, name)
    expect(system.name).toBe(name)
    const { id } = await tested(world, { systemId: system.id, name })
    expect((await resourceOf(world, id, 'server')).name).toBe(name)
    expect(await thingsOf(world.databaseUrl, name)).toEqual(oneSet)
  })

  test.each(['', ' ', '\t', 'a\nb', 'a\0b', 'a\u0085b', '\ud800', '字'.repeat(121)])('%j is no name', async (name) => {
    const answer = await rawCall(world, 'POST', pathWith(systemCreate), {
      token: await world.tokenOf('department'),
      body: { organisationId: world.province.department.id, name, securityGrade: 2 },
      headers: english,
    })
    expect(problemIn(answer)).toMatchObject(invalid('name'))
  })
})

test.each(['\0', '\ud800'])('a remark with %j is refused: it could not be kept', async (remark) => {
  const { id } = await draft(world)
  const answer = await rawCall(world, 'POST', pathWith(requestSubmit, { requestId: id }), {
    token: await world.tokenOf('department'),
    body: { remark },
    headers: english,
  })
  expect(problemIn(answer)).toMatchObject(invalid('remark'))
})

test('a query with a NUL is refused', async () => {
  const answer = await rawCall(world, 'GET', `${pathWith(auditList)}?target=%00`, {
    token: await world.tokenOf('auditadmin'),
  })
  expect(problemIn(answer)).toMatchObject({ status: 400, code: 'input-invalid' })
})

test.each(['{', '{"systemId":}', 'null', '[]', '"text"', '7'])('the body %s is refused', async (body) => {
  expect((await post(body)).status).toBe(400)
})

test('a body that is no JSON, or larger than anybody needs, is refused before it is read', async () => {
  expect(await post('systemId=1', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
    status: 400,
    code: 'body-unreadable',
  })
  expect(await post(`{"x":"${'x'.repeat(1_100_000)}"}`)).toMatchObject({ status: 400, code: 'body-too-large' })
})

test('what is not there is said to be so', async () => {
  const token = await world.tokenOf('department')
  for (const path of ['/api/v1/nothing', '/api/v2/requests', pathWith(requestSubmit)])
    expect(problemIn(await rawCall(world, 'GET', path, { token }))).toMatchObject({ status: 404, code: 'not-found' })
  const answer = await rawCall(world, 'GET', `${pathWith(resourceList)}?systemId=sys_1`, { token })
  expect(problemIn(answer)).toMatchObject({ status: 400, code: 'input-invalid' })
})

describe('the language of problems', () => {
  const detailIn = async (accept: string | null): Promise<string> =>
    (await post({}, accept === null ? {} : { 'accept-language': accept })).detail

  test.each([null, 'zh-CN', 'zh-TW,zh;q=0.9', 'fr', '*', 'en;q=0, zh', ',;q=', 'de-CH,zh;q=0.8,en;q=0.5'])(
    'is Chinese for %s',
    async (accept) => {
      expect(await detailIn(accept)).toMatch(/[\u4e00-\u9fff]/)
    },
  )

  test.each(['en', 'en-GB', 'fr,en;q=0.5', 'zh;q=0.1,en;q=0.9'])('is English for %s', async (accept) => {
    expect(await detailIn(accept)).not.toMatch(/[\u4e00-\u9fff]/)
  })

  test('each problem says what went wrong, what to do now, and what it is found by', async () => {
    const token = await world.tokenOf('department')
    const answer = await rawCall(world, 'POST', pathWith(requestCreate), { token, body: {} })
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const problem = problemIn(answer)
    expect(problem).toMatchObject({ type: '/docs/faults#input-invalid', status: 400, code: 'input-invalid' })
    for (const text of [problem.title, problem.detail, problem.next]) expect(text).not.toMatch(/[{}]|undefined|null/)
    expect(problem.trace).toMatch(/^[0-9a-f]{32}$/)
  })

  test('a caller’s own trace is kept', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    expect((await post({}, { traceparent })).trace).toBe('0af7651916cd43dd8448eb211c80319c')
  })
})
