import { sessionCreate } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { createPasswords, type Passwords } from '../../src/modules/identity/index.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { password } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld } from '../world/world.ts'

const cheap = createPasswords({ memoryCost: 8, timeCost: 1, parallelism: 1 })

test('a name that nobody has costs as many hashes as a wrong password, and so takes as long', async () => {
  const tried: (string | null)[] = []
  const counting: Passwords = {
    ...cheap,
    verify: (passwordHash, given) => {
      tried.push(passwordHash)
      return cheap.verify(passwordHash, given)
    },
  }
  await using world = await createWorld({ overrides: { passwords: counting } })
  const attempt = async (login: string, given: string) => {
    tried.length = 0
    const answer = await rawCall(world, 'POST', pathWith(sessionCreate), { body: { login, password: given } })
    return { status: answer.status, code: problemIn(answer).code, hashes: tried.length }
  }
  const refused = { status: 401, code: 'log-in-refused', hashes: 1 }
  expect(await attempt('nobody', 'Wrong-2026-password')).toEqual(refused)
  expect(tried).toEqual([null])
  expect(await attempt('department', 'Wrong-2026-password')).toEqual(refused)
  expect(tried[0]).toMatch(/^\$argon2id\$/)
  // A locked account costs the same.
  for (let tries = 0; tries < 5; tries++) expect(await attempt('other', `Wrong-${tries}-password`)).toEqual(refused)
  expect(await attempt('other', password)).toEqual(refused)
  expect(await attempt('department', password)).toEqual({ status: 201, code: undefined, hashes: 1 })
})

test('who has no password here costs as many hashes too, and is refused as anybody', async () => {
  const tried: (string | null)[] = []
  const counting: Passwords = {
    ...cheap,
    verify: (passwordHash, given) => {
      tried.push(passwordHash)
      return cheap.verify(passwordHash, given)
    },
  }
  await using world = await createWorld({ overrides: { passwords: counting } })
  await rowsOf(world.databaseUrl, `update people set password_hash = '' where login = 'department'`)
  for (const given of [password, 'no such person']) {
    tried.length = 0
    const answer = await rawCall(world, 'POST', pathWith(sessionCreate), {
      body: { login: 'department', password: given },
    })
    expect({ status: answer.status, code: problemIn(answer).code }).toEqual({ status: 401, code: 'log-in-refused' })
    expect(tried).toEqual([''])
  }
})

test('nobody’s password is hashed with the same effort as everybody’s', async () => {
  const made = await cheap.hash('Right-2026-password')
  expect(await cheap.verify(null, 'Right-2026-password')).toBe(false)
  expect(await cheap.verify(null, 'no such person')).toBe(false) // not even with what stands in its place
  expect(await cheap.verify('', 'no such person')).toBe(false) // of somebody who comes in without a password
  expect(await cheap.verify(made, 'Right-2026-password')).toBe(true)
})
