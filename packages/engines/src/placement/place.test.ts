import { describe, expect, test } from 'vitest'
import type { PlacementAsk, Pool } from './model.ts'
import { place } from './place.ts'

const nanjing = '320100'
const suzhou = '320500'
const jiangsu = '320000'

const pool = (poolId: string, more: Partial<Pool> = {}): Pool => ({
  poolId,
  platformId: `platform-of-${poolId}`,
  nodeId: `node-of-${poolId}`,
  divisionCode: suzhou,
  architecture: 'arm64',
  online: true,
  securityGrade: 3,
  capabilities: new Set(['servers', 'volumes', 'networks']),
  imageNames: new Set(['openEuler 24.03']),
  vcpusFree: 100,
  memoryMibFree: 409_600,
  vcpusSellable: 200,
  memoryMibSellable: 819_200,
  ...more,
})

const ask: PlacementAsk = {
  architecture: 'arm64',
  vcpus: 4,
  memoryMib: 8_192,
  quantity: 2,
  systemGrade: 3,
  needs: ['servers', 'volumes'],
  imageName: 'openEuler 24.03',
  preferredPlatformId: null,
  divisionCode: suzhou,
}

const refusals: readonly (readonly [string, Partial<Pool>, Partial<PlacementAsk>, object])[] = [
  [
    'when the applicant chose another platform',
    {},
    { preferredPlatformId: 'platform-of-b' },
    { filter: 'chosen-platform', code: 'another-platform-chosen', parameters: {} },
  ],
  [
    'when its chips are others',
    { architecture: 'x86-64' },
    {},
    { filter: 'architecture', code: 'architecture-differs', parameters: { pool: 'x86-64', asked: 'arm64' } },
  ],
  [
    'when the system is graded above it',
    { securityGrade: 2 },
    {},
    { filter: 'security-grade', code: 'grade-too-low', parameters: { platform: 2, system: 3 } },
  ],
  [
    'when it lacks an ability, naming the first',
    { capabilities: new Set(['servers']) },
    { needs: ['servers', 'volumes', 'addresses'] },
    { filter: 'capabilities', code: 'capability-missing', parameters: { capability: 'volumes' } },
  ],
  [
    'when it has no such image',
    { imageNames: new Set() },
    {},
    { filter: 'image', code: 'image-missing', parameters: { image: 'openEuler 24.03' } },
  ],
  [
    'when it is not online, even though it would fit',
    { online: false },
    {},
    { filter: 'online', code: 'platform-not-online', parameters: {} },
  ],
  [
    'when the whole line lacks one core',
    { vcpusFree: 7 },
    {},
    { filter: 'capacity', code: 'vcpus-short', parameters: { free: 7, asked: 8 } },
  ],
  [
    'when the whole line lacks memory',
    { memoryMibFree: 16_383 },
    {},
    { filter: 'capacity', code: 'memory-short', parameters: { free: 16_383, asked: 16_384 } },
  ],
]

describe('a pool is turned away, with the reason', () => {
  test.each(refusals)('%s', (_when, pools, asks, reason) => {
    expect(place([pool('a', pools)], { ...ask, ...asks }, 'seed')).toEqual({
      chosen: null,
      runnersUp: [],
      rejections: [{ ...reason, pools: 1 }],
      considered: 1,
    })
  })

  test('but not at the very edge: exactly enough room and exactly the grade will do', () => {
    const exact = pool('a', { vcpusFree: 8, memoryMibFree: 16_384 })
    expect(place([exact], ask, 'seed').chosen?.poolId).toBe('a')
  })

  test('and a cloud that hides its images is not turned away for it', () => {
    expect(place([pool('a', { imageNames: null })], ask, 'seed').chosen?.poolId).toBe('a')
  })

  test('equal reasons are counted together, commonest first', () => {
    const fleet = [
      pool('a', { vcpusFree: 0 }),
      pool('b', { online: false }),
      pool('c', { online: false }),
      pool('d', { vcpusFree: 1 }),
      pool('e'),
    ]
    const placement = place(fleet, ask, 'seed')
    expect(placement.rejections.map(({ code, parameters, pools }) => [code, parameters, pools])).toEqual([
      ['platform-not-online', {}, 2],
      ['vcpus-short', { free: 0, asked: 8 }, 1],
      ['vcpus-short', { free: 1, asked: 8 }, 1],
    ])
    expect(placement).toMatchObject({ chosen: { poolId: 'e' }, considered: 5 })
  })

  test('an empty fleet chooses nothing', () => {
    expect(place([], ask, 'seed')).toEqual({ chosen: null, runnersUp: [], rejections: [], considered: 0 })
  })
})

describe('among those that fit', () => {
  const tight = { vcpusFree: 8, memoryMibFree: 16_384 }
  const empty = { vcpusFree: 200, memoryMibFree: 819_200 }
  const order = (fleet: Pool[], divisionCode: string) => {
    const { chosen, runnersUp } = place(fleet, { ...ask, divisionCode }, 'seed')
    return [chosen, ...runnersUp].map((it) => it?.poolId)
  }
  const fleet = [
    pool('nanjing', { divisionCode: nanjing, ...empty }),
    pool('core', { divisionCode: jiangsu, ...tight }),
    pool('suzhou', tight),
  ]

  test('the own city goes before the core node, and that before another city, however full they are', () => {
    expect(order(fleet, suzhou)).toEqual(['suzhou', 'core', 'nanjing'])
  })

  test.each([
    ['a county', '320583'],
    ['a township', '320583102'],
    ['a village', '320583102201'],
  ])('%s has its city’s node', (_level, divisionCode) => {
    expect(order(fleet, divisionCode)[0]).toBe('suzhou')
  })

  test('a provincial department has the core node', () => {
    expect(order(fleet, jiangsu)[0]).toBe('core')
  })

  test('another province’s core node is no better than another city', () => {
    expect(
      order(
        [pool('sichuan', { divisionCode: '510000' }), pool('nanjing', { divisionCode: nanjing, ...empty })],
        suzhou,
      ),
    ).toEqual(['nanjing', 'sichuan'])
  })

  test('in one city the pool with most room left wins, counted by what runs out first', () => {
    const muchMemory = pool('memory', { vcpusFree: 20, memoryMibFree: 819_200 })
    const even = pool('even', { vcpusFree: 60, memoryMibFree: 245_760 })
    expect(order([muchMemory, even], suzhou)).toEqual(['even', 'memory'])
  })

  test('three runners-up are kept, and each score says what it is made of', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((poolId, index) =>
      pool(poolId, { vcpusFree: 104 - index, memoryMibFree: 819_200 }),
    )
    const { chosen, runnersUp } = place(five, ask, 'seed')
    expect(chosen).toEqual({
      poolId: 'a',
      score: (10 + 0.48) / 11,
      byScorer: { 'own-city': 1, 'most-room': expect.closeTo(0.48, 5) },
    })
    expect(runnersUp.map(({ poolId }) => poolId)).toEqual(['b', 'c', 'd'])
  })

  test('equal pools are spread by seed, and the same seed decides the same again', () => {
    const twins = [pool('a'), pool('b')]
    const choices = Array.from({ length: 1_000 }, (_, seed) => place(twins, ask, `line-${seed}`).chosen?.poolId)
    const chosenA = choices.filter((poolId) => poolId === 'a').length
    expect(chosenA).toBeGreaterThan(400)
    expect(chosenA).toBeLessThan(600)
    expect(Array.from({ length: 1_000 }, (_, seed) => place(twins, ask, `line-${seed}`).chosen?.poolId)).toEqual(
      choices,
    )
  })
})
