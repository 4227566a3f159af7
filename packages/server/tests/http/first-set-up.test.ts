import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { type FirstLogin, firstSetUp } from '../../src/modules/installation/index.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

const act = programAct('test', 'demonstration.make', 'test')

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const startAgain = async (): Promise<FirstLogin[]> => {
  const told: FirstLogin[] = []
  const it = { provinceName: '测试省', divisionCode: '320000', adminPassword: null, secondFactor: false }
  await firstSetUp(world.yiduo.rooms, it, (first) => told.push(first))
  return told
}

const grantsOf = async (login: string) => {
  const { identity } = world.yiduo.rooms
  const person = await identity.findByLogin(login)
  return (await identity.listGrants(act, { personId: person?.id ?? '' })).items
}

test('a later start changes nothing where all posts are held', async () => {
  expect(await startAgain()).toEqual([])
})

test('a post that was taken from an account is not given back to it: somebody new gets it, with a one-time password', async () => {
  const [grant] = await grantsOf('secadmin2')
  agreed(await world.yiduo.rooms.identity.revokeGrant(act, grant?.id ?? ''))
  expect(await startAgain()).toEqual([{ login: 'secadmin3', oneTimePassword: expect.stringMatching(/^Y1-/) }])
  expect(await grantsOf('secadmin2')).toEqual([])
  expect(await grantsOf('secadmin3')).toMatchObject([{ role: 'security-admin', state: 'effective' }])
  expect(await startAgain()).toEqual([])
})

test('nor is it given to somebody who has left', async () => {
  const { identity } = world.yiduo.rooms
  const person = await identity.findByLogin('auditadmin')
  agreed(await identity.endPerson(act, person?.id ?? ''))
  expect((await startAgain()).map((it) => it.login)).toEqual(['auditadmin2'])
})

test('what a crash left without its post is given it', async () => {
  const { identity, organisations } = world.yiduo.rooms
  const organisationId = (await organisations.root())?.id ?? ''
  const ask = { login: 'sysadmin2', name: '系统管理员', organisationId, password: 'One-time-2026' }
  agreed(await identity.createPerson(act, ask))
  const [grant] = await grantsOf('sysadmin')
  agreed(await identity.revokeGrant(act, grant?.id ?? ''))
  expect(await startAgain()).toEqual([])
  expect(await grantsOf('sysadmin2')).toMatchObject([{ role: 'system-admin', state: 'effective' }])
})

test('a password for the administrators that cannot be taken is said to be, in words', async () => {
  const [grant] = await grantsOf('secadmin')
  agreed(await world.yiduo.rooms.identity.revokeGrant(act, grant?.id ?? ''))
  const it = { provinceName: '测试省', divisionCode: '320000', adminPassword: 'Yiduo-2026-pw', secondFactor: false }
  await expect(firstSetUp(world.yiduo.rooms, it, () => undefined)).rejects.toThrow(
    /^YIDUO_ADMIN_PASSWORD: .*contains the name of the product/,
  )
  expect(await startAgain()).toMatchObject([{ login: 'secadmin4' }])
})
