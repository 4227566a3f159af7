import type { BoundScorer, Fleet, HostScorer, SeenClass, Shape } from '../../../packages/engines/src/index.ts'

const wholeMilli = 1_000

/** Ties decide everything: drawn anew for each decision, any host that fits is as likely as any other. */
export const anyHost: HostScorer = {
  name: 'any-host',
  weight: 1,
  bind: () => ({ changed: () => {}, cost: () => 0 }),
}

/** The largest host of the trace, as the published scorer has it. */
const largest = { vcpusMilli: 128_000, cardsMilli: 8_000 }

/** Least cores and cards left over, of both the half, in hundredths as the Kubernetes framework scores. */
export const bestFit: HostScorer = {
  name: 'best-fit',
  weight: 1,
  bind: (fleet) => ({
    changed: () => {},
    cost: (host, shape) => {
      const vcpus = (fleet.vcpusMilliFree[host] ?? 0) - shape.vcpusMilli
      const cards = (fleet.cardsMilliFree[host] ?? 0) - shape.cardCount * shape.cardMilli
      return -Math.floor((1 - (0.5 * vcpus) / largest.vcpusMilli - (0.5 * cards) / largest.cardsMilli) * 100)
    },
  }),
}

interface Typical extends Omit<SeenClass, 'memoryMib'> {}

/** The commonest classes that together are 95 % of the list; memory is not told apart. */
const typicalOf = (classes: readonly SeenClass[]): Typical[] => {
  const byKey = new Map<string, Typical>()
  for (const { vcpusMilli, cards, cardMilli, models, share } of classes) {
    const key = [vcpusMilli, cards, cardMilli, models?.join('|') ?? ''].join()
    byKey.set(key, { vcpusMilli, cards, cardMilli, models, share: (byKey.get(key)?.share ?? 0) + share })
  }
  const typical: Typical[] = []
  let covered = 0
  for (const it of [...byKey.values()].sort((a, b) => b.share - a.share)) {
    if (covered >= 0.95) break
    typical.push(it)
    covered += it.share
  }
  return typical.map((it) => ({ ...it, share: it.share / covered }))
}

/** What is left of the host's cards that a typical class can't use, weighed by how common the class is. */
const fragmentation = (
  typical: readonly Typical[],
  model: string | null,
  vcpusMilli: number,
  cards: readonly number[],
): number => {
  let left = 0
  for (const free of cards) left += free
  let sum = 0
  for (const it of typical) {
    let usable = 0
    let cutUp = 0
    for (const free of cards) {
      if (free >= it.cardMilli) usable++
      else cutUp += free
    }
    const isModel = model !== null && (it.models === null || it.models.includes(model))
    const serves = it.cards > 0 && isModel && vcpusMilli >= it.vcpusMilli && usable >= it.cards
    sum += it.share * (serves ? cutUp : left)
  }
  return sum
}

/** Squeezed into whole hundredths, as published: most of what it gains comes from the ties that this makes. */
const hundredths = (grown: number): number => -Math.floor(100 / (1 + Math.exp(grown / wholeMilli)))

const bindFgd = (fleet: Fleet, typical: readonly Typical[]): BoundScorer => {
  const before = new Float64Array(fleet.size)
  const cardsOn = (host: number): number[] => [
    ...fleet.cardMilliFree.subarray(fleet.cardStart[host] ?? 0, fleet.cardStart[host + 1] ?? 0),
  ]
  const modelOf = (host: number): string | null => fleet.classes[fleet.classOf[host] ?? 0]?.cardModel ?? null
  const changed = (host: number): void => {
    before[host] = fragmentation(typical, modelOf(host), fleet.vcpusMilliFree[host] ?? 0, cardsOn(host))
  }
  for (let host = 0; host < fleet.size; host++) changed(host)
  const cost = (host: number, shape: Shape, card: number): number => {
    const cards = cardsOn(host)
    if (card >= 0) {
      const slot = card - (fleet.cardStart[host] ?? 0)
      cards[slot] = (cards[slot] ?? 0) - shape.cardMilli
    } else {
      let wanted = shape.cardCount
      for (let slot = 0; slot < cards.length && wanted > 0; slot++) {
        if (cards[slot] !== wholeMilli) continue
        cards[slot] = 0
        wanted--
      }
    }
    const vcpusLeft = (fleet.vcpusMilliFree[host] ?? 0) - shape.vcpusMilli
    return hundredths(fragmentation(typical, modelOf(host), vcpusLeft, cards) - (before[host] ?? 0))
  }
  return { changed, cost }
}

/** Fragmentation gradient descent: where fragmentation grows least. */
export const fgd = (classes: readonly SeenClass[]): HostScorer => ({
  name: 'fgd',
  weight: 1,
  bind: (fleet) => bindFgd(fleet, typicalOf(classes)),
})
