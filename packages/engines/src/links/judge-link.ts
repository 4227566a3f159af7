import { type LinkVerdict, linkVerdicts } from '@yiduo/contract'
import type { Finding, LinkEnd, LinkRule, LinkRules, MeasuredLink, Relation } from './model.ts'

const pairs = (from: string, to: string, one: string, other: string): boolean =>
  (from === one && to === other) || (from === other && to === one)

const isOfProvince = ({ divisionCode }: LinkEnd): boolean => divisionCode.slice(2, 6) === '0000'

/** Null where no rule asks for such a link. */
export const relationOf = (from: LinkEnd, to: LinkEnd): Relation | null => {
  if (from.nodeId === to.nodeId)
    return pairs(from.role, to.role, 'production', 'active-active') ? 'active-active' : null
  if (pairs(from.nodeKind, to.nodeKind, 'core', 'backbone')) return 'core-backbone'
  return isOfProvince(from) === isOfProvince(to) ? null : 'province-city'
}

const roundTripMs = ({ latencyMs, latencyBasis }: MeasuredLink): number | null =>
  latencyMs === null || latencyBasis === 'round-trip' ? latencyMs : 2 * latencyMs

/** Light in fibre takes 5 µs for a kilometre, one way: what is told to be faster was measured wrongly. */
const leastRoundTripMs = (distanceKm: number): number => distanceKm * 0.01

const measuredOf = (link: MeasuredLink, { measure }: LinkRule): number | null => {
  switch (measure) {
    case 'distance-km':
      return link.distanceKm
    case 'latency-ms':
      return roundTripMs(link)
    case 'bandwidth-mbps':
      return link.bandwidthMbps
  }
}

const isKept = (measured: number, { bound, limit }: LinkRule): boolean => {
  switch (bound) {
    case 'below':
      return measured < limit
    case 'at-most':
      return measured <= limit
    case 'at-least':
      return measured >= limit
  }
}

const verdictOf = (link: MeasuredLink, rule: LinkRule, measured: number | null): LinkVerdict => {
  if (measured === null) return 'unmeasured'
  if (rule.measure === 'latency-ms' && measured < leastRoundTripMs(link.distanceKm)) return 'implausible'
  if (rule.margin !== undefined && Math.abs(measured - rule.limit) <= rule.margin) return 'survey'
  return isKept(measured, rule) ? 'kept' : 'broken'
}

/** What each rule that asks for such a link finds of it. */
export const judgeLink = (link: MeasuredLink, { rules }: LinkRules): Finding[] => {
  const relation = relationOf(link.from, link.to)
  return rules
    .filter((rule) => rule.of === relation)
    .map((rule) => {
      const measured = measuredOf(link, rule)
      const { id, measure, bound, limit, reference, unsure } = rule
      return { id, measure, bound, limit, reference, unsure, measured, verdict: verdictOf(link, rule, measured) }
    })
}

/** The worst of what was found; null where nothing was asked. */
export const worstOf = (findings: readonly Pick<Finding, 'verdict'>[]): LinkVerdict | null =>
  linkVerdicts.findLast((verdict) => findings.some((it) => it.verdict === verdict)) ?? null
