import { type PoolTraits, type Refused, rejected } from '../model.ts'
import { hashText } from '../tie-break.ts'
import { type ChangeLog, createChangeLog } from './change-log.ts'
import { type HostClass, type HostInput, wholeCardMilli } from './model.ts'

/**
 * Hosts as a structure of arrays, by index in the order of their ids, so that the order they came in decides nothing.
 * Only `take`, `release` and `setInService` write to it, and they tell the log.
 */
export interface Fleet {
  readonly size: number
  readonly classes: readonly HostClass[]
  readonly hostIds: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly idHashes: Uint32Array
  readonly classOf: Uint16Array
  readonly hostsOfClass: Uint32Array
  readonly vcpusMilliFree: Float64Array
  readonly memoryMibFree: Float64Array
  /** Of all cards of the host together. */
  readonly cardsMilliFree: Float64Array
  /** Host h has the cards `cardStart[h]` up to, not including, `cardStart[h + 1]`. */
  readonly cardStart: Uint32Array
  readonly cardMilliFree: Uint16Array
  readonly inService: Uint8Array
  readonly changes: ChangeLog
}

export interface LeftOut {
  readonly hostId: string
  readonly reason: Refused
}

/** No fleet has more kinds of hosts than `classOf` can number. */
const classesMax = 65_535

const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** Why a host can't be reckoned with. Its numbers come from clouds, which err. */
const faultOf = (host: HostInput): Refused | null => {
  const { vcpusMilli, memoryMib, vcpusMilliFree, memoryMibFree, cardsMilliFree } = host
  if (![vcpusMilli, memoryMib, vcpusMilliFree, memoryMibFree].every(isAmount)) return rejected('host-amount-invalid')
  if (vcpusMilliFree > vcpusMilli || memoryMibFree > memoryMib) return rejected('host-freer-than-empty')
  if (!cardsMilliFree.every((milli) => isAmount(milli) && milli <= wholeCardMilli)) return rejected('host-card-invalid')
  if (cardsMilliFree.length > 0 && host.cardModel === null) return rejected('host-card-model-missing')
  return null
}

const createKeyOfTraits = () => {
  const keys = new Map<PoolTraits, string>()
  return (traits: PoolTraits): string => {
    const known = keys.get(traits)
    if (known !== undefined) return known
    const { capabilities, imageNames, ...rest } = traits
    const key = JSON.stringify([rest, [...capabilities].sort(), imageNames && [...imageNames].sort()])
    keys.set(traits, key)
    return key
  }
}

/** Which of two hosts of one id is meant, nobody knows: both are left out. */
const sorted = (inputs: readonly HostInput[]): { hosts: HostInput[]; leftOut: LeftOut[] } => {
  const hosts: HostInput[] = []
  const leftOut: LeftOut[] = []
  const byId = inputs.toSorted((a, b) => (a.hostId < b.hostId ? -1 : a.hostId > b.hostId ? 1 : 0))
  byId.forEach((host, index) => {
    const isRepeated = byId[index - 1]?.hostId === host.hostId || byId[index + 1]?.hostId === host.hostId
    const reason = isRepeated ? rejected('host-repeated') : faultOf(host)
    if (reason) leftOut.push({ hostId: host.hostId, reason })
    else hosts.push(host)
  })
  return { hosts, leftOut }
}

const classify = (hosts: readonly HostInput[]): { classes: HostClass[]; classOf: Uint16Array; counts: Uint32Array } => {
  const keyOfTraits = createKeyOfTraits()
  const byKey = new Map<string, HostClass>()
  const classOf = new Uint16Array(hosts.length)
  hosts.forEach(({ traits, cardModel, cardsMilliFree, vcpusMilli, memoryMib }, index) => {
    const cards = cardsMilliFree.length
    const key = `${vcpusMilli},${memoryMib},${cards},${cardModel ?? ''},${keyOfTraits(traits)}`
    let found = byKey.get(key)
    if (!found) {
      if (byKey.size === classesMax) throw new Error('a fleet has more classes of hosts than can be numbered')
      found = { index: byKey.size, key, traits, cardModel, cards, vcpusMilli, memoryMib }
      byKey.set(key, found)
    }
    classOf[index] = found.index
  })
  const counts = new Uint32Array(byKey.size)
  for (const index of classOf) counts[index] = (counts[index] ?? 0) + 1
  return { classes: [...byKey.values()], classOf, counts }
}

/** Hosts that can't be reckoned with are left out, each with its reason; the others are placed on all the same. */
export const createFleet = (inputs: readonly HostInput[]): { fleet: Fleet; leftOut: readonly LeftOut[] } => {
  const { hosts, leftOut } = sorted(inputs)
  const { classes, classOf, counts } = classify(hosts)
  const cardStart = new Uint32Array(hosts.length + 1)
  hosts.forEach((host, index) => {
    cardStart[index + 1] = (cardStart[index] ?? 0) + host.cardsMilliFree.length
  })
  const hostIds = hosts.map((host) => host.hostId)
  const fleet: Fleet = {
    size: hosts.length,
    classes,
    hostIds,
    indexOf: new Map(hostIds.map((hostId, index) => [hostId, index])),
    idHashes: Uint32Array.from(hostIds, hashText),
    classOf,
    hostsOfClass: counts,
    vcpusMilliFree: Float64Array.from(hosts, (host) => host.vcpusMilliFree),
    memoryMibFree: Float64Array.from(hosts, (host) => host.memoryMibFree),
    cardsMilliFree: Float64Array.from(hosts, (host) => host.cardsMilliFree.reduce((sum, milli) => sum + milli, 0)),
    cardStart,
    cardMilliFree: Uint16Array.from(hosts.flatMap((host) => host.cardsMilliFree)),
    inService: new Uint8Array(hosts.length).fill(1),
    changes: createChangeLog(hosts.length),
  }
  return { fleet, leftOut }
}
