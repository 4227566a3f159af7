import { type Person, personCreate } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

let count = 0
const create = async (it: { login?: string; name?: string }) =>
  rawCall(world, 'POST', pathWith(personCreate), {
    token: await world.tokenOf('sysadmin'),
    body: {
      login: `somebody-${++count}`,
      name: '某人',
      organisationId: world.province.department.id,
      password: 'Quite-2026-long',
      ...it,
    },
    headers: { 'accept-language': 'en' },
  })

test.each([
  ['a letter of another alphabet', 'ѕysadmin'],
  ['a wide letter', 'ｓysadmin'],
  ['an accent', 'sysádmin'],
  ['an invisible space', 'sys\u200badmin'],
  ['a turn of direction', '\u202enimdasys'],
  ['a space behind', 'sysadmin '],
  ['an underscore, which looks like a point', 'sys_admin'],
])('a log-in name with %s is refused', async (_what, login) => {
  const refused = await create({ login })
  expect(problemIn(refused)).toMatchObject({ status: 400, code: 'input-invalid' })
  expect(problemIn(refused).detail).toContain('login')
})

test.each(['SysAdmin', 'SYSADMIN', 'sysadmin'])('“%s” is taken as long as there is a sysadmin', async (login) => {
  expect(problemIn(await create({ login }))).toMatchObject({ status: 409, code: 'login-taken' })
})

test.each([
  ['turns the direction of writing', '王\u202e芳'],
  ['isolates a direction', '\u2066王芳\u2069'],
  ['has a joiner in it', '王\u200d芳'],
  ['has an invisible space', '王\u200b芳'],
  ['begins with a byte order mark', '\ufeff王芳'],
  ['has a soft hyphen', 'Wang\u00adFang'],
  ['is a filler that shows nothing', '\u3164'],
  ['has tags', '王芳\u{e0041}'],
  ['breaks the line', '王芳\u2028'],
  ['is Latin with a Cyrillic letter', 'Wаng Fang'],
  ['is Cyrillic with a Latin letter', 'Aлексей'],
  ['is Latin with a Greek letter', 'Wαng'],
])('a person’s name that %s is refused', async (_what, name) => {
  const refused = await create({ name })
  expect(problemIn(refused)).toMatchObject({ status: 400, code: 'input-invalid' })
  expect(problemIn(refused).detail).toContain('name')
})

test.each([
  '王芳',
  '阿不都热依木·买买提',
  '㐂𠮷',
  '\ue001某',
  'Wang Fang',
  'Алексей',
  'Ελένη',
  'नमस्ते',
  "O'Neill-Łukasz",
  '한지민',
  'علي',
])('“%s” is a name', async (name) => {
  const made = await create({ name })
  expect(made.status).toBe(201)
  expect((made.body as Person).name).toBe(name)
})
