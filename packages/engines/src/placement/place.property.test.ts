import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filters } from './filters/index.ts'
import type { PlacementAsk, Pool } from './model.ts'
import { place } from './place.ts'

const architecture = fc.constantFrom('x86-64' as const, 'arm64' as const)
const divisionCode = fc.constantFrom('320000', '320100', '320500', '510000')
const abilities = ['servers', 'volumes', 'addresses']
const images = ['openEuler 24.03', 'Kylin V10']
const platformId = fc.constantFrom('platform-1', 'platform-2', 'platform-3')

/** Mostly the easy value: with every rule left to chance, hardly a pool would ever pass them all. */
const mostly = <T>(easy: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(easy) }, { weight: 1, arbitrary: any })

const pool: fc.Arbitrary<Pool> = fc
  .record({
    poolId: fc.uuid(),
    platformId,
    nodeId: fc.constant('node-1'),
    divisionCode,
    architecture,
    online: mostly(true, fc.boolean()),
    securityGrade: mostly(3, fc.integer({ min: 1, max: 4 })),
    capabilities: mostly(abilities, fc.subarray(abilities)).map((some) => new Set(some)),
    imageNames: mostly<Set<string> | null>(
      null,
      fc.subarray(images).map((some) => new Set(some)),
    ),
    vcpusSellable: fc.nat({ max: 64 }),
    memoryMibSellable: fc.nat({ max: 131_072 }),
    freePercent: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ freePercent, ...it }) => ({
    ...it,
    vcpusFree: Math.floor((it.vcpusSellable * freePercent) / 100),
    memoryMibFree: Math.floor((it.memoryMibSellable * freePercent) / 100),
  }))

const fleet = fc.uniqueArray(pool, { maxLength: 20, selector: ({ poolId }) => poolId })

const ask: fc.Arbitrary<PlacementAsk> = fc.record({
  architecture,
  vcpus: fc.integer({ min: 1, max: 16 }),
  memoryMib: fc.integer({ min: 128, max: 32_768 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  systemGrade: fc.integer({ min: 1, max: 3 }),
  needs: fc.subarray(abilities),
  imageName: fc.constantFrom(...images),
  preferredPlatformId: mostly<string | null>(null, platformId),
  divisionCode,
})

test('whatever is chosen or runs up passes every filter and has room for the whole line', () => {
  let chosen = 0
  fc.assert(
    fc.property(fleet, ask, fc.string(), (pools, it, seed) => {
      const placement = place(pools, it, seed)
      if (placement.chosen) chosen++
      for (const { poolId, score } of placement.chosen ? [placement.chosen, ...placement.runnersUp] : []) {
        const found = pools.find((one) => one.poolId === poolId)
        if (!found) throw new Error('a pool of the fleet is chosen')
        for (const filter of filters) expect(filter.admits(found, it)).toEqual({ admitted: true })
        expect(found.vcpusFree).toBeGreaterThanOrEqual(it.vcpus * it.quantity)
        expect(found.memoryMibFree).toBeGreaterThanOrEqual(it.memoryMib * it.quantity)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 300, seed: 7 },
  )
  // Were nothing ever chosen, all of this would hold for nothing.
  expect(chosen).toBeGreaterThan(50)
})

test('none is chosen exactly when every pool was rejected, and every pool is accounted for', () => {
  fc.assert(
    fc.property(fleet, ask, fc.string(), (pools, it, seed) => {
      const { chosen, rejections, considered } = place(pools, it, seed)
      const rejected = rejections.reduce((sum, one) => sum + one.pools, 0)
      const fitting = pools.filter((one) => filters.every((filter) => filter.admits(one, it).admitted))
      expect(considered).toBe(pools.length)
      expect(rejected).toBe(pools.length - fitting.length)
      expect(chosen === null).toBe(rejected === pools.length)
    }),
  )
})

test('the order of the fleet changes nothing, and deciding again decides the same', () => {
  const shuffled = fleet.chain((pools) =>
    fc.record({ pools: fc.constant(pools), other: fc.shuffledSubarray(pools, { minLength: pools.length }) }),
  )
  fc.assert(
    fc.property(shuffled, ask, fc.string(), ({ pools, other }, it, seed) => {
      expect(place(other, it, seed)).toEqual(place(pools, it, seed))
    }),
  )
})

test('the best comes first', () => {
  fc.assert(
    fc.property(fleet, ask, fc.string(), (pools, it, seed) => {
      const { chosen, runnersUp } = place(pools, it, seed)
      const scores = (chosen ? [chosen, ...runnersUp] : []).map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    }),
  )
})

test('a line placed one after another never takes more than there is', () => {
  fc.assert(
    fc.property(fleet, ask, fc.integer({ min: 1, max: 40 }), (pools, it, lines) => {
      const left = new Map(pools.map((one) => [one.poolId, one]))
      for (let line = 0; line < lines; line++) {
        const chosen = place(left.values(), it, `line-${line}`).chosen
        const taken = chosen && left.get(chosen.poolId)
        if (!taken) break
        left.set(taken.poolId, {
          ...taken,
          vcpusFree: taken.vcpusFree - it.vcpus * it.quantity,
          memoryMibFree: taken.memoryMibFree - it.memoryMib * it.quantity,
        })
      }
      for (const { vcpusFree, memoryMibFree } of left.values()) {
        expect(vcpusFree).toBeGreaterThanOrEqual(0)
        expect(memoryMibFree).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
