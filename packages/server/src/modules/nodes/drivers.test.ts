import type { Driver } from '@yiduo/driver-api'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { systemClock } from '../../kernel/clock.ts'
import { createDriverSource } from './drivers.ts'
import type { PlatformRow } from './store.ts'

const source = () => {
  const made: { credential: unknown; disposed: boolean }[] = []
  const drivers = createDriverSource({
    registry: {
      told: {
        name: 'told',
        title: { 'zh-CN': '', en: '' },
        settings: Type.Object({}),
        credential: Type.Object({}),
        create: ({ credential }) => {
          const it = { credential: credential.token, disposed: false }
          made.push(it)
          const dispose = async () => {
            it.disposed = true
          }
          return { [Symbol.asyncDispose]: dispose } as unknown as Driver // nothing else of it is called
        },
      },
    },
    secrets: { seal: (plain) => plain, open: (sealed) => sealed },
    clock: systemClock,
    markPrefix: 'yd-test-',
    callLimitMs: 1_000,
  })
  return { made, drivers }
}

const platform = (revision: number, token: string): PlatformRow => ({
  id: 'platform-1',
  dataCentreId: '',
  nodeId: '',
  divisionCode: '',
  organisationId: '',
  providerOrganisationId: null,
  code: 'told',
  name: 'told',
  driver: 'told',
  endpoint: 'told://cloud',
  settings: {},
  revision,
  credential: JSON.stringify({ token }),
  securityGrade: 3,
  architecture: 'x86-64',
  vcpuOverselling: 1,
  state: 'online',
  product: null,
  version: null,
  capabilities: {},
  missingPermissions: [],
  imageNames: null,
  probedAt: null,
  createdAt: new Date(0),
})

test('who read the platform before its credential changed neither gets the old driver back nor ends the new one', () => {
  const { made, drivers } = source()
  const old = drivers.of(platform(1, 'old'))
  const renewed = drivers.of(platform(2, 'new'))
  expect(renewed).not.toBe(old)
  expect(drivers.of(platform(1, 'old'))).toBe(renewed)
  expect(made).toEqual([
    { credential: 'old', disposed: true },
    { credential: 'new', disposed: false },
  ])
})

test('an edit that changes nothing a driver is made from keeps it, and the edit after that counts', () => {
  const { made, drivers } = source()
  const first = drivers.of(platform(1, 'same'))
  expect(drivers.of(platform(3, 'same'))).toBe(first)
  expect(drivers.of(platform(2, 'stale'))).toBe(first)
  expect(drivers.of(platform(4, 'new'))).not.toBe(first)
  expect(made.map(({ credential }) => credential)).toEqual(['same', 'new'])
})
