import type { Mac } from '../../platform/secrets/index.ts'
import { hashOf, linkText } from './model.ts'
import type { FoundLink, WholeLink } from './verify-store.ts'

/** Where the chain holds so far. */
export interface Place {
  readonly position: number
  readonly hash: Buffer
}

export type ProblemKind = 'altered' | 'removed' | 'inserted' | 'reordered' | 'link-broken' | 'seal-forged' | 'unsealed'

/** The first thing that is not as it was written. */
export interface Problem {
  readonly kind: ProblemKind
  /** In the chain; null for an entry that is in none. */
  readonly position: number | null
  /** Bare. */
  readonly entryId: string | null
  readonly checkpoint: number | null
  /** For whoever looks into it, in English as the log is. */
  readonly what: string
}

export interface Bounds {
  readonly mac: Mac
  /** Entries without a MAC end here. */
  readonly unsignedUpTo: number
}

const isAuthentic = ({ mac, unsignedUpTo }: Bounds, link: FoundLink): boolean => {
  if (link.text === null) return false
  return link.mac === null ? link.position <= unsignedUpTo : mac.isSigned(link.text, link.mac)
}

/** Whether a link is the next one, with its entry as it was written. */
export const fits = (bounds: Bounds, place: Place, link: FoundLink): boolean =>
  link.position === place.position + 1 && isAuthentic(bounds, link) && hashOf(place.hash, link).equals(link.hash)

/** Whether the sealer made this link: what the seals tell at their end, this tells of each. */
export const isSealers = ({ mac }: Bounds, link: WholeLink): boolean => mac.isSigned(linkText(link), link.linkMac)

/** Whether a link stands in the place of another of those read with it, whatever hashes were computed for it. */
const displacement = (
  { mac }: Bounds,
  place: Place,
  links: readonly WholeLink[],
  link: WholeLink,
): Pick<Problem, 'kind' | 'what'> | null => {
  const { position, linkMac } = link
  const before = links.find(
    (it) =>
      it.entryId !== link.entryId &&
      [it.hash, hashOf(place.hash, it)].some((hash) =>
        mac.isSigned(linkText({ position, entryId: it.entryId, hash }), linkMac),
      ),
  )
  if (before) return { kind: 'reordered', what: `the entry ${before.entryId} was chained here` }
  const from = links.find((it) => it !== link && mac.isSigned(linkText({ ...link, position: it.position }), linkMac))
  if (!from) return null
  const ousted = links.some((it) => it !== link && mac.isSigned(linkText({ ...it, position }), it.linkMac))
  return ousted
    ? { kind: 'reordered', what: `it was chained at ${from.position}` }
    : { kind: 'removed', what: `the link that was here is gone; this one was at ${from.position}` }
}

const explained = (
  bounds: Bounds,
  place: Place,
  links: readonly WholeLink[],
  link: WholeLink,
): Pick<Problem, 'kind' | 'what'> => {
  const expected = place.position + 1
  if (link.position !== expected)
    return { kind: 'link-broken', what: `the links from ${expected} to ${link.position - 1} are missing` }
  if (link.text === null) return { kind: 'removed', what: 'its link has no entry' }
  if (link.mac === null && link.position > bounds.unsignedUpTo) return { kind: 'inserted', what: 'it has no MAC' }
  const isMade = isSealers(bounds, link)
  const hashFits = hashOf(place.hash, link).equals(link.hash)
  if (!isAuthentic(bounds, link))
    return isMade && hashFits
      ? { kind: 'inserted', what: 'its MAC was false when it was chained' }
      : { kind: 'altered', what: 'its MAC does not hold' }
  if (isMade) return { kind: 'altered', what: 'it is not what was chained' }
  const moved = displacement(bounds, place, links, link)
  if (moved) return moved
  const { entryId } = link
  const hash = hashOf(place.hash, link)
  const wasHere = bounds.mac.isSigned(linkText({ position: link.position, entryId, hash }), link.linkMac)
  return {
    kind: 'link-broken',
    what: wasHere
      ? 'its hash was changed'
      : 'its link was not made by the sealer: before it something was removed, put in or moved',
  }
}

/** What is wrong with a link that does not fit, or that the sealer did not make. */
export const explain = (bounds: Bounds, place: Place, links: readonly WholeLink[], link: WholeLink): Problem => ({
  ...explained(bounds, place, links, link),
  position: place.position + 1,
  entryId: link.entryId,
  checkpoint: null,
})
