import type { Observed } from '@yiduo/driver-api'

/** What the hosts that are in order have, and what of it is given out. */
export interface Capacity {
  readonly hosts: number
  readonly vcpus: number
  readonly memoryMib: number
  readonly usedVcpus: number
  readonly usedMemoryMib: number
}

/** Up, and not taken out of service. */
export const isInOrder = ({ state, facts }: Observed): boolean => state === 'active' && facts.enabled !== false

/** A host that is down or taken out of service carries nothing new: neither its room nor its use counts. */
export const capacityOf = (hosts: readonly Observed[]): Capacity => {
  const inOrder = hosts.filter(isInOrder)
  const sum = (of: 'vcpus' | 'memoryMib' | 'usedVcpus' | 'usedMemoryMib') =>
    inOrder.reduce((total, host) => total + (host.facts[of] ?? 0), 0)
  return {
    hosts: inOrder.length,
    vcpus: sum('vcpus'),
    memoryMib: sum('memoryMib'),
    usedVcpus: sum('usedVcpus'),
    usedMemoryMib: sum('usedMemoryMib'),
  }
}

/**
 * What of a pool can be promised in all, what is promised already included: what it has (oversold where that is
 * allowed), less what others use of it. A cloud says what is used, not by whom. We take what we have promised there
 * for our part of it, and the rest for others', never below none:
 * - what we promised and the cloud has not built yet is not in its figure, so as long as a build takes, others count
 *   for that much too little; the cloud itself then refuses what is too much, and the delivery is taken back;
 * - a flavour larger than what was promised counts as others' by the difference, as it should: it is gone;
 * - of what stands on a host that is down, the promise stays and the use is not seen; others count for too little
 *   there as well, but the host's own room has gone with it.
 * `promised` is read under the pool's lock when the listing has ended: what is promised in between errs as the first.
 */
export const sellableOf = (of: { physical: number; overselling: number; used: number; promised: number }): number => {
  const others = Math.max(0, of.used - of.promised)
  return Math.max(0, Math.floor(of.physical * of.overselling) - others)
}

/**
 * Names that a server can be made from now. What is queued or switched off is no offer, and clouds allow equal names.
 * Where each system gets a project of its own, another project's private image is none either.
 */
export const usableImageNames = (images: readonly Observed[], ownProjects: boolean): string[] => {
  const usable = images.filter(
    ({ state, name, projectId }) => state === 'active' && name !== '' && (projectId === null || !ownProjects),
  )
  return [...new Set(usable.map(({ name }) => name))]
}

/** An instant of an ask: left out it stays as it was, null takes it away. */
export const instantOr = (ask: string | null | undefined, known: Date | null): Date | null => {
  if (ask === undefined) return known
  return ask === null ? null : new Date(ask)
}

interface Place {
  /** Degrees. */
  readonly longitude: number
  readonly latitude: number
}

/** Mean radius of the earth; haversine with it lies within 0.6 % of the ellipsoid. */
const earthKm = 6_371.0088

/** As the crow flies, to a tenth of a kilometre: coordinates tell no more. */
export const distanceKm = (a: Place, b: Place): number => {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return Math.round(2 * earthKm * Math.asin(Math.sqrt(chord)) * 10) / 10
}
