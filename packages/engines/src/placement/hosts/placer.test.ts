import { describe, expect, test } from 'vitest'
import type { PoolTraits } from '../model.ts'
import {
  createFleet,
  createPlacer,
  defaultHostPolicy,
  type HostAsk,
  type HostInput,
  type HostPolicy,
  policyFault,
  release,
  scorersOf,
  setInService,
  take,
} from './index.ts'
import { snapshotOf } from './testing/arbitrary.ts'

const traits: PoolTraits = {
  poolId: 'pool',
  platformId: 'platform',
  nodeId: 'node',
  divisionCode: '320100',
  architecture: 'x86-64',
  online: true,
  securityGrade: 3,
  capabilities: new Set(['servers']),
  imageNames: null,
}

const host = (hostId: string, more: Partial<HostInput> = {}): HostInput => ({
  hostId,
  traits,
  cardModel: 'T4',
  vcpusMilli: 32_000,
  memoryMib: 131_072,
  vcpusMilliFree: 32_000,
  memoryMibFree: 131_072,
  cardsMilliFree: [1_000, 1_000],
  ...more,
})

const ask = (more: Partial<HostAsk> = {}): HostAsk => ({
  architecture: 'x86-64',
  systemGrade: 3,
  needs: ['servers'],
  imageName: '',
  preferredPlatformId: null,
  divisionCode: '320100',
  vcpusMilli: 4_000,
  memoryMib: 8_192,
  cards: null,
  ...more,
})

const worldOf = (hosts: readonly HostInput[], policy: HostPolicy = defaultHostPolicy) => {
  const { fleet, leftOut } = createFleet(hosts)
  const placer = createPlacer(fleet, scorersOf(policy))
  const place = (it: HostAsk) => {
    const placement = placer.place(it, 'seed')
    if ('admitted' in placement) throw new Error(placement.code)
    return placement
  }
  return { fleet, leftOut, placer, place }
}

describe('why not there', () => {
  const share = { count: 1, milli: 500, models: null }
  test.each([
    ['other chips', host('a'), { architecture: 'arm64' as const }, 'architecture-differs'],
    ['no cards at all', host('a', { cardModel: null, cardsMilliFree: [] }), { cards: share }, 'cards-none'],
    ['more cards than it has', host('a'), { cards: { count: 4, milli: 1_000, models: null } }, 'cards-too-few'],
    ['cores', host('a', { vcpusMilliFree: 3_999 }), {}, 'vcpus-short'],
    ['memory', host('a', { memoryMibFree: 8_191 }), {}, 'memory-short'],
    ['cards given out', host('a', { cardsMilliFree: [200, 100] }), { cards: share }, 'cards-short'],
    ['pieces too small', host('a', { cardsMilliFree: [400, 400] }), { cards: share }, 'cards-cut-up'],
  ])('%s', (_why, only, more, code) => {
    const { chosen, rejections } = worldOf([only]).place(ask(more))
    expect(chosen).toBeNull()
    expect(rejections.map((it) => [it.code, it.hosts])).toEqual([[code, 1]])
  })

  test('a model that only other hosts have, told by class with the number of its hosts', () => {
    const { place } = worldOf([host('a'), host('b'), host('c', { cardModel: 'G2' })])
    const { chosen, rejections } = place(ask({ cards: { count: 1, milli: 500, models: ['G2'] } }))
    expect(chosen?.allocation.hostId).toBe('c')
    expect(rejections).toMatchObject([
      { filter: 'card-model', code: 'card-model-differs', parameters: { host: 'T4' }, hosts: 2 },
    ])
  })
})

describe('why not on that very host', () => {
  const { placer } = worldOf([host('a'), host('b', { vcpusMilliFree: 0 }), host('c', { cardModel: 'G2' })])
  const cards = { count: 1, milli: 500, models: ['T4'] }

  test('it says what it would cost, and that none would cost less', () => {
    const verdict = placer.explain(ask({ cards }), 'a')
    expect(verdict).toMatchObject({ admitted: true, choice: { allocation: { hostId: 'a' } }, cheaperHosts: 0 })
  })

  test.each([
    ['b', 'vcpus', 'vcpus-short'],
    ['c', 'card-model', 'card-model-differs'],
  ])('or which rule turned it away: %s', (hostId, filter, code) => {
    expect(placer.explain(ask({ cards }), hostId)).toMatchObject({ admitted: false, filter, code })
  })

  test('or that there is none of this name', () => {
    expect(placer.explain(ask({ cards }), 'z')).toMatchObject({ admitted: false, code: 'host-unknown' })
  })
})

describe('why here', () => {
  test('every scorer says what it gave, and a share is cut where the piece left is of use', () => {
    const half = { vcpusMilli: 4_000, memoryMib: 8_192, cards: 1, cardMilli: 500, models: null, share: 1 }
    const { place } = worldOf(
      [host('whole'), host('half', { cardsMilliFree: [500, 0] }), host('more', { cardsMilliFree: [900, 0] })],
      { ...defaultHostPolicy, classes: [half] },
    )
    const { chosen, runnersUp } = place(ask({ cards: { count: 1, milli: 400, models: null } }))
    expect(chosen?.allocation).toMatchObject({ hostId: 'more', slots: [0], cardMilli: 400 })
    expect(Object.keys(chosen?.byScorer ?? {})).toEqual(['worth-lost', 'whole-hosts', 'idle-cards', 'own-city'])
    expect(runnersUp.map((it) => it.allocation.hostId).sort()).toEqual(['half', 'whole'])
  })

  test('work without cards leaves the cores beside idle cards alone', () => {
    const { place } = worldOf([host('idle'), host('given-out', { cardsMilliFree: [0, 0], vcpusMilliFree: 4_000 })])
    expect(place(ask()).chosen?.allocation.hostId).toBe('given-out')
  })

  test('a small request keeps off the one host that still takes eight cards at once', () => {
    const eight = { vcpusMilli: 80_000, memoryMib: 65_536, cards: 8, cardMilli: 1_000, models: null, share: 0.1 }
    const one = { vcpusMilli: 4_000, memoryMib: 8_192, cards: 1, cardMilli: 1_000, models: null, share: 0.9 }
    const large = { vcpusMilli: 96_000, vcpusMilliFree: 96_000 }
    const { place } = worldOf(
      [
        host('whole', { ...large, cardsMilliFree: new Array<number>(8).fill(1_000) }),
        host('begun', { ...large, cardsMilliFree: [0, ...new Array<number>(7).fill(1_000)] }),
      ],
      { ...defaultHostPolicy, classes: [eight, one] },
    )
    expect(place(ask({ cards: { count: 1, milli: 1_000, models: null } })).chosen?.allocation.hostId).toBe('begun')
  })
})

describe('words by which nothing could ever be placed', () => {
  test.each([
    ['a negative size', { vcpusMilli: -1 }, 'ask-amount-invalid'],
    ['a size that is no number', { memoryMib: Number.NaN }, 'ask-amount-invalid'],
    ['nothing at all', { vcpusMilli: 0, memoryMib: 0 }, 'ask-empty'],
    ['no card', { cards: { count: 0, milli: 1_000, models: null } }, 'ask-cards-invalid'],
    ['more than a card of a card', { cards: { count: 1, milli: 1_001, models: null } }, 'ask-cards-invalid'],
    ['shares of two cards', { cards: { count: 2, milli: 500, models: null } }, 'ask-shares-of-several-cards'],
    ['an unknown model', { cards: { count: 1, milli: 500, models: ['T5'] } }, 'card-model-unknown'],
    ['an empty list of models', { cards: { count: 1, milli: 500, models: [] } }, 'card-model-unknown'],
  ])('%s', (_what, more, code) => {
    expect(worldOf([host('a')]).placer.place(ask(more), 'seed')).toMatchObject({ admitted: false, code })
  })

  test('a size beyond any host is no fault of words: it is turned away by each host', () => {
    const { chosen, rejections } = worldOf([host('a')]).place(ask({ vcpusMilli: Number.MAX_SAFE_INTEGER }))
    expect([chosen, rejections[0]?.code]).toEqual([null, 'vcpus-short'])
  })
})

describe('numbers that clouds get wrong', () => {
  test.each([
    ['negative room', { vcpusMilliFree: -1 }, 'host-amount-invalid'],
    ['no number', { memoryMibFree: Number.NaN }, 'host-amount-invalid'],
    ['more free than there is', { memoryMibFree: 131_073 }, 'host-freer-than-empty'],
    ['more than a card of a card', { cardsMilliFree: [1_001] }, 'host-card-invalid'],
    ['cards of no model', { cardModel: null }, 'host-card-model-missing'],
  ])('%s leaves that host out, with the reason, and the others in', (_what, more, code) => {
    const { leftOut, place } = worldOf([host('bad', more), host('good')])
    expect(leftOut.map((it) => [it.hostId, it.reason.code])).toEqual([['bad', code]])
    expect(place(ask())).toMatchObject({ chosen: { allocation: { hostId: 'good' } }, considered: 1 })
  })

  test('two hosts of one id are both left out, for nobody knows which is meant', () => {
    const { leftOut, fleet } = worldOf([host('twice'), host('twice', { memoryMibFree: 0 }), host('once')])
    expect(leftOut.map((it) => it.reason.code)).toEqual(['host-repeated', 'host-repeated'])
    expect(fleet.hostIds).toEqual(['once'])
  })

  test('an empty fleet turns nothing away and chooses nothing', () => {
    expect(worldOf([]).place(ask())).toEqual({ chosen: null, runnersUp: [], rejections: [], considered: 0 })
  })
})

describe('between the decision and the taking', () => {
  const whole = ask({ cards: { count: 2, milli: 1_000, models: null } })

  test('what was chosen twice is taken once', () => {
    const { fleet, place } = worldOf([host('a')])
    const [first, second] = [place(whole).chosen?.allocation, place(whole).chosen?.allocation]
    expect(first && take(fleet, first)).toBe(true)
    expect(second && take(fleet, second)).toBe(false)
    expect([...fleet.cardMilliFree]).toEqual([0, 0])
  })

  test('a host that has gone takes nothing, is told as out of service, and comes back', () => {
    const { fleet, place } = worldOf([host('a')])
    const allocation = place(whole).chosen?.allocation
    setInService(fleet, 'a', false)
    expect(allocation && take(fleet, allocation)).toBe(false)
    expect(place(whole).rejections).toMatchObject([{ filter: 'in-service', code: 'host-out-of-service' }])
    setInService(fleet, 'a', true)
    expect(allocation && take(fleet, allocation)).toBe(true)
  })

  test('what is given back twice, or of a host nobody knows, is not believed', () => {
    const { fleet, place } = worldOf([host('a')])
    const allocation = place(whole).chosen?.allocation
    if (!allocation) throw new Error('an empty host takes two cards')
    take(fleet, allocation)
    expect(release(fleet, allocation)).toBe(true)
    expect(release(fleet, allocation)).toBe(false)
    expect(take(fleet, { ...allocation, slots: [0, 0] })).toBe(false)
    expect(take(fleet, { ...allocation, slots: [7] })).toBe(false)
    expect(take(fleet, { ...allocation, hostId: 'b' })).toBe(false)
    expect([...fleet.vcpusMilliFree]).toEqual([32_000])
  })

  test('a reader that has fallen behind by more than the log holds still sees every change', () => {
    const { fleet, place } = worldOf([host('a'), host('b')])
    expect(place(whole).chosen).not.toBeNull()
    setInService(fleet, 'b', false)
    for (let round = 0; round < 1_000; round++) setInService(fleet, 'a', round % 2 === 0)
    expect(place(whole)).toMatchObject({ chosen: null, considered: 2 })
  })
})

test('a flood of odd sizes, more than are remembered, changes no answer', () => {
  const { place, fleet } = worldOf([host('a'), host('b', { vcpusMilliFree: 8_000 })])
  const before = place(ask())
  for (let size = 1; size <= 1_100; size++) expect(place(ask({ vcpusMilli: size })).chosen).not.toBeNull()
  expect(place(ask())).toEqual(before)
  const allocation = before.chosen?.allocation
  expect(allocation && take(fleet, allocation)).toBe(true)
  expect(place(ask())).toEqual(worldOf(snapshotOf(fleet, [host('a'), host('b')])).place(ask()))
})

describe('a policy that cannot be used', () => {
  const seen = { vcpusMilli: 1, memoryMib: 1, cards: 0, cardMilli: 0, models: null, share: 0.5 }
  const { weights } = defaultHostPolicy
  test.each([
    ['a negative weight', { weights: { ...weights, wholeHosts: -1 } }, 'policy-weight-invalid'],
    ['no patience', { patience: 0 }, 'policy-patience-invalid'],
    ['no prices', { vcpuPrices: [] }, 'policy-prices-invalid'],
    ['prices without end', { memoryPrices: new Array<number>(17).fill(1) }, 'policy-prices-invalid'],
    ['a class commoner than all', { classes: [{ ...seen, share: 1.1 }] }, 'policy-class-invalid'],
    ['worth of too few pieces', { pieceWorth: new Map([['a', [1]]]) }, 'policy-piece-worth-invalid'],
  ])('%s', (_what, more, code) => {
    expect(policyFault({ ...defaultHostPolicy, ...more })?.code).toBe(code)
  })

  test('but the product’s own can', () => {
    expect(policyFault({ ...defaultHostPolicy, classes: [seen] })).toBeNull()
  })
})
