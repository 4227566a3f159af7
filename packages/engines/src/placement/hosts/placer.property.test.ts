import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filters } from '../filters/index.ts'
import type { PlacementAsk, Pool } from '../model.ts'
import { place as placeInPool } from '../place.ts'
import {
  type Allocation,
  createFleet,
  createPlacer,
  defaultHostPolicy,
  type HostAsk,
  type HostInput,
  type HostPlacement,
  type HostPolicy,
  hostAskOfLine,
  hostOfPool,
  release,
  scorersOf,
  setInService,
  take,
} from './index.ts'
import { anyAsk, anyAsks, anyHosts, anyPolicy, snapshotOf } from './testing/arbitrary.ts'

const worldOf = (hosts: readonly HostInput[], policy: HostPolicy) => {
  const { fleet } = createFleet(hosts)
  const placer = createPlacer(fleet, scorersOf(policy))
  const place = (ask: HostAsk, seed: string): HostPlacement => {
    const placement = placer.place(ask, seed)
    if (!('admitted' in placement)) return placement
    // A model that no host of the fleet has; any other refusal would be a defect of the arbitrary.
    expect(placement.code).toBe('card-model-unknown')
    return { chosen: null, runnersUp: [], rejections: [], considered: 0 }
  }
  return { fleet, place, explain: placer.explain }
}

/** Places one ask after another, and answers what each got. */
const fill = (hosts: readonly HostInput[], policy: HostPolicy, asks: readonly HostAsk[]) => {
  const world = worldOf(hosts, policy)
  const taken = asks.flatMap((ask, index): Allocation[] => {
    const allocation = world.place(ask, `line-${index}`).chosen?.allocation
    if (!allocation) return []
    expect(take(world.fleet, allocation)).toBe(true)
    return [allocation]
  })
  return { ...world, taken }
}

test('no host ever gives more than it has, by a reckoning of its own', () => {
  let taken = 0
  fc.assert(
    fc.property(anyHosts, anyPolicy, anyAsks, (hosts, policy, asks) => {
      const filled = fill(hosts, policy, asks)
      taken += filled.taken.length
      for (const { hostId, vcpusMilliFree, memoryMibFree, cardsMilliFree } of hosts) {
        const here = filled.taken.filter((it) => it.hostId === hostId)
        const sum = (of: (it: Allocation) => number): number => here.reduce((all, it) => all + of(it), 0)
        expect(sum((it) => it.vcpusMilli)).toBeLessThanOrEqual(vcpusMilliFree)
        expect(sum((it) => it.memoryMib)).toBeLessThanOrEqual(memoryMibFree)
        cardsMilliFree.forEach((free, slot) => {
          expect(sum((it) => (it.slots.includes(slot) ? it.cardMilli : 0))).toBeLessThanOrEqual(free)
        })
      }
    }),
    { numRuns: 150 },
  )
  // Were nothing ever taken, all of this would hold for nothing.
  expect(taken).toBeGreaterThan(200)
})

test('what was remembered changes no answer: a placer that remembers nothing decides the same', () => {
  fc.assert(
    fc.property(anyHosts, anyPolicy, anyAsks, fc.nat(), (hosts, policy, asks, gone) => {
      const { fleet, place, taken } = fill(hosts, policy, asks)
      const [first] = taken
      if (first) expect(release(fleet, first)).toBe(true)
      const out = hosts[gone % Math.max(1, hosts.length)]
      if (out) setInService(fleet, out.hostId, false)
      const anew = worldOf(snapshotOf(fleet, hosts), policy)
      if (out) setInService(anew.fleet, out.hostId, false)
      for (const ask of asks) expect(place(ask, 'again')).toEqual(anew.place(ask, 'again'))
    }),
    { numRuns: 100 },
  )
})

test('the order in which hosts come changes nothing, and another run of one seed is the same plan', () => {
  const shuffled = anyHosts.chain((hosts) =>
    fc.record({ hosts: fc.constant(hosts), other: fc.shuffledSubarray(hosts, { minLength: hosts.length }) }),
  )
  fc.assert(
    fc.property(shuffled, anyPolicy, anyAsks, ({ hosts, other }, policy, asks) => {
      const [one, another] = [fill(hosts, policy, asks), fill(other, policy, asks)]
      expect(another.taken).toEqual(one.taken)
      for (const ask of asks.slice(0, 3)) {
        const { rejections, ...placement } = one.place(ask, 'why')
        const again = another.place(ask, 'why')
        expect(again).toMatchObject(placement)
        expect(again.rejections.map(({ hostClass, ...it }) => [it, hostClass.key])).toEqual(
          rejections.map(({ hostClass, ...it }) => [it, hostClass.key]),
        )
      }
    }),
    { numRuns: 100 },
  )
})

test('every host is admitted or counted once under a reason, and none is chosen exactly when none is admitted', () => {
  fc.assert(
    fc.property(anyHosts, anyPolicy, anyAsks, (hosts, policy, asks) => {
      const { place } = fill(hosts, policy, asks)
      for (const ask of asks) {
        const { chosen, runnersUp, rejections, considered } = place(ask, 'why')
        const rejected = rejections.reduce((sum, it) => sum + it.hosts, 0)
        for (const it of rejections) expect(it.code).toMatch(/^[a-z-]+$/)
        expect(chosen === null).toBe(rejected === considered)
        expect(runnersUp.length).toBe(Math.min(3, Math.max(0, considered - rejected - 1)))
        const costs = (chosen ? [chosen, ...runnersUp] : []).map((it) => it.cost)
        expect(costs).toEqual(costs.toSorted((a, b) => a - b))
      }
    }),
    { numRuns: 100 },
  )
})

test('a request that asks for less is never turned away where a greater one is not', () => {
  const less = (ask: HostAsk): HostAsk[] => [
    { ...ask, vcpusMilli: Math.ceil(ask.vcpusMilli / 2) },
    { ...ask, memoryMib: Math.ceil(ask.memoryMib / 2) },
    { ...ask, preferredPlatformId: null },
    { ...ask, systemGrade: 1 },
    { ...ask, needs: [] },
    { ...ask, cards: null },
    ...(ask.cards ? [{ ...ask, cards: { ...ask.cards, models: null } }] : []),
    ...(ask.cards && ask.cards.count > 1 ? [{ ...ask, cards: { ...ask.cards, count: ask.cards.count / 2 } }] : []),
    ...(ask.cards?.count === 1 ? [{ ...ask, cards: { ...ask.cards, milli: Math.ceil(ask.cards.milli / 2) } }] : []),
  ]
  fc.assert(
    fc.property(anyHosts, anyPolicy, anyAsks, anyAsk, (hosts, policy, asks, ask) => {
      const { place } = fill(hosts, policy, asks)
      if (place(ask, 'more').chosen === null) return
      for (const it of less(ask)) expect(place(it, 'less').chosen).not.toBeNull()
    }),
    { numRuns: 150 },
  )
})

test('every host answers for itself as it was counted: turned away by that rule, or with that cost', () => {
  fc.assert(
    fc.property(anyHosts, anyPolicy, anyAsks, (hosts, policy, asks) => {
      const { place, explain } = fill(hosts, policy, asks)
      for (const ask of asks.slice(0, 5)) {
        const { chosen, rejections, considered } = place(ask, 'why')
        if (considered === 0) continue
        const verdicts = hosts.map((it) => explain(ask, it.hostId))
        const costs = verdicts.flatMap((it) => ('choice' in it ? [it.choice.cost] : []))
        expect(chosen?.cost).toBe(costs.length > 0 ? Math.min(...costs) : undefined)
        for (const { filter, code } of rejections) {
          const told = rejections.filter((it) => it.filter === filter && it.code === code)
          const turnedAway = verdicts.filter((it) => 'filter' in it && it.filter === filter && it.code === code)
          expect(turnedAway.length).toBe(told.reduce((sum, it) => sum + it.hosts, 0))
        }
      }
    }),
    { numRuns: 100 },
  )
})

const anyPool: fc.Arbitrary<Pool> = fc.record({
  poolId: fc.uuid(),
  platformId: fc.constantFrom('platform-1', 'platform-2'),
  nodeId: fc.constant('node-1'),
  divisionCode: fc.constantFrom('320000', '320100', '320500'),
  architecture: fc.constantFrom('x86-64', 'arm64'),
  online: fc.boolean(),
  securityGrade: fc.integer({ min: 1, max: 4 }),
  capabilities: fc.subarray(['servers', 'volumes']).map((some) => new Set(some)),
  imageNames: fc.constantFrom(null, new Set(['openEuler 24.03'])),
  vcpusSellable: fc.constant(64),
  memoryMibSellable: fc.constant(131_072),
  vcpusFree: fc.integer({ min: 0, max: 64 }),
  memoryMibFree: fc.integer({ min: 0, max: 131_072 }),
})

const anyLine: fc.Arbitrary<PlacementAsk> = fc.record({
  architecture: fc.constantFrom('x86-64' as const, 'arm64' as const),
  vcpus: fc.integer({ min: 1, max: 8 }),
  memoryMib: fc.integer({ min: 128, max: 16_384 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  systemGrade: fc.integer({ min: 1, max: 3 }),
  needs: fc.subarray(['servers', 'volumes']),
  imageName: fc.constant('openEuler 24.03'),
  preferredPlatformId: fc.constantFrom(null, null, 'platform-1'),
  divisionCode: fc.constantFrom('320000', '320100', '320583'),
})

test('pools are hosts of one kind: among them it chooses and turns away as placing among pools does', () => {
  const { weights } = defaultHostPolicy
  const asAmongPools = { ...weights, worthLost: 0, wholeHosts: 0, idleCards: 0, ownCity: 10, mostRoom: 1 }
  const fleetOfPools = fc.uniqueArray(anyPool, { maxLength: 12, selector: (it) => it.poolId })
  let chosen = 0
  fc.assert(
    fc.property(fleetOfPools, anyLine, (pools, line) => {
      const { place } = worldOf(pools.map(hostOfPool), { ...defaultHostPolicy, weights: asAmongPools })
      const amongHosts = place(hostAskOfLine(line), 'seed')
      const amongPools = placeInPool(pools, line, 'seed')
      if (amongPools.chosen) chosen++
      expect(amongHosts.chosen?.allocation.hostId).toBe(amongPools.chosen?.poolId)
      const fitting = pools.filter((it) => filters.every((filter) => filter.admits(it, line).admitted))
      const turnedAway = amongHosts.rejections.reduce((sum, it) => sum + it.hosts, 0)
      expect(turnedAway).toBe(pools.length - fitting.length)
      const codes = (rejections: readonly { readonly code: string }[]) => new Set(rejections.map((it) => it.code))
      expect(codes(amongHosts.rejections)).toEqual(codes(amongPools.rejections))
    }),
    { numRuns: 400 },
  )
  expect(chosen).toBeGreaterThan(40)
})
