import fc from 'fast-check'
import type { PoolTraits } from '../../model.ts'
import type { Fleet, HostAsk, HostInput, HostPolicy } from '../index.ts'
import { defaultHostPolicy } from '../index.ts'

const traitsOf = (architecture: string, securityGrade: number): PoolTraits => ({
  poolId: `pool-${architecture}-${securityGrade}`,
  platformId: `platform-${securityGrade}`,
  nodeId: 'node-1',
  divisionCode: '320100',
  architecture,
  online: true,
  securityGrade,
  capabilities: new Set(['servers']),
  imageNames: null,
})

/** Mostly the easy value: with every rule left to chance, hardly a host would ever pass them all. */
const mostly = <T>(easy: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(easy) }, { weight: 1, arbitrary: any })

const models = ['T4', 'G2', 'Ascend 910B']

const host = fc
  .record({
    traits: fc
      .tuple(mostly('x86-64', fc.constant('arm64')), mostly(3, fc.constant(2)))
      .map(([architecture, grade]) => traitsOf(architecture, grade)),
    size: fc.constantFrom({ cards: 0, vcpus: 64 }, { cards: 2, vcpus: 32 }, { cards: 8, vcpus: 96 }),
    cardModel: fc.constantFrom(...models),
    usedPercent: mostly(0, fc.integer({ min: 0, max: 100 })),
    cardMilli: fc.array(mostly(1_000, fc.integer({ min: 0, max: 1_000 })), { minLength: 8, maxLength: 8 }),
  })
  .map(({ traits, size, cardModel, usedPercent, cardMilli }): Omit<HostInput, 'hostId'> => {
    const [vcpusMilli, memoryMib] = [size.vcpus * 1_000, size.vcpus * 4_096]
    return {
      traits,
      cardModel: size.cards > 0 ? cardModel : null,
      vcpusMilli,
      memoryMib,
      vcpusMilliFree: Math.floor((vcpusMilli * (100 - usedPercent)) / 100),
      memoryMibFree: Math.floor((memoryMib * (100 - usedPercent)) / 100),
      cardsMilliFree: cardMilli.slice(0, size.cards),
    }
  })

export const anyHosts: fc.Arbitrary<HostInput[]> = fc
  .array(host, { maxLength: 12 })
  .map((hosts) => hosts.map((it, index) => ({ ...it, hostId: `host-${index}` })))

const anyCards = fc
  .oneof(
    fc.record({ count: fc.constant(1), milli: fc.integer({ min: 1, max: 1_000 }) }),
    fc.record({ count: fc.constantFrom(1, 2, 4, 8), milli: fc.constant(1_000) }),
  )
  .chain((cards) =>
    mostly<string[] | null>(null, fc.subarray(models, { minLength: 1 })).map((some) => ({ ...cards, models: some })),
  )

export const anyAsk: fc.Arbitrary<HostAsk> = fc.record({
  architecture: mostly('x86-64' as const, fc.constant('arm64' as const)),
  systemGrade: mostly(2, fc.constant(3)),
  needs: fc.constant(['servers']),
  imageName: fc.constant('openEuler 24.03'),
  preferredPlatformId: mostly<string | null>(null, fc.constant('platform-2')),
  divisionCode: fc.constant('320100'),
  vcpusMilli: fc.integer({ min: 1, max: 24_000 }),
  memoryMib: fc.integer({ min: 1, max: 65_536 }),
  cards: fc.option(anyCards, { nil: null }),
})

/** Few kinds, so that what is remembered of one decision is met again by a later one. */
export const anyAsks: fc.Arbitrary<HostAsk[]> = fc
  .array(anyAsk, { minLength: 1, maxLength: 6 })
  .chain((kinds) => fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 40 }))

export const anyPolicy: fc.Arbitrary<HostPolicy> = fc.array(anyAsk, { minLength: 1, maxLength: 6 }).map((asks) => ({
  ...defaultHostPolicy,
  classes: asks.map(({ vcpusMilli, memoryMib, cards }) => ({
    vcpusMilli,
    memoryMib,
    cards: cards?.count ?? 0,
    cardMilli: cards?.milli ?? 0,
    models: cards?.models ?? null,
    share: 1 / asks.length,
  })),
}))

/** What is free now, as a snapshot that another fleet can be made of. */
export const snapshotOf = (fleet: Fleet, hosts: readonly HostInput[]): HostInput[] =>
  hosts.map((it) => {
    const index = fleet.indexOf.get(it.hostId) ?? 0
    return {
      ...it,
      vcpusMilliFree: fleet.vcpusMilliFree[index] ?? 0,
      memoryMibFree: fleet.memoryMibFree[index] ?? 0,
      cardsMilliFree: [...fleet.cardMilliFree.subarray(fleet.cardStart[index] ?? 0, fleet.cardStart[index + 1] ?? 0)],
    }
  })
