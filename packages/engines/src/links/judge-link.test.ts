import { expect, test } from 'vitest'
import { judgeLink, relationOf, worstOf } from './judge-link.ts'
import type { LinkEnd, MeasuredLink } from './model.ts'
import { linkRules } from './rules.ts'

const end = (it: Partial<LinkEnd> = {}): LinkEnd => ({
  nodeId: 'city',
  nodeKind: 'backbone',
  divisionCode: '320500',
  role: 'production',
  ...it,
})
const core = end({ nodeId: 'core', nodeKind: 'core', divisionCode: '320000' })
const active = end({ role: 'active-active' })

const link = (it: Partial<MeasuredLink> = {}): MeasuredLink => ({
  from: end(),
  to: active,
  bandwidthMbps: 100_000,
  latencyMs: 1.2,
  latencyBasis: 'round-trip',
  distanceKm: 20,
  ...it,
})
const verdictsOf = (it: MeasuredLink) =>
  Object.fromEntries(judgeLink(it, linkRules).map(({ id, verdict }) => [id, verdict]))

test('which rules ask for a link follows from what it joins, from whichever end it is told', () => {
  const remote = end({ role: 'remote' })
  const provider = end({ nodeId: 'p', nodeKind: 'provider' })
  const integration = end({ nodeId: 'i', nodeKind: 'integration', divisionCode: '320000' })
  const relations: [LinkEnd, LinkEnd, string | null][] = [
    [end(), active, 'active-active'],
    [end(), remote, null],
    [core, end(), 'core-backbone'],
    [core, provider, 'province-city'],
    [core, integration, null],
    [end(), end({ nodeId: 'other', divisionCode: '320600' }), null],
  ]
  for (const [from, to, relation] of relations) {
    expect(relationOf(from, to)).toBe(relation)
    expect(relationOf(to, from)).toBe(relation)
  }
})

test('an active-active pair keeps all three rules, or is told which it breaks', () => {
  expect(verdictsOf(link())).toEqual({ 'DR-01': 'kept', 'DR-02': 'kept', 'DR-03': 'kept' })
  expect(verdictsOf(link({ distanceKm: 67, latencyMs: 2.6, bandwidthMbps: 99_999 }))).toEqual({
    'DR-01': 'broken',
    'DR-02': 'broken',
    'DR-03': 'broken',
  })
})

test('limits are kept to the letter: below is not at, at most and at least are', () => {
  expect(verdictsOf(link({ latencyMs: 2 }))['DR-02']).toBe('broken')
  expect(verdictsOf(link({ latencyMs: 1.999 }))['DR-02']).toBe('kept')
  const backbone = { from: core, to: end(), distanceKm: 200 }
  expect(verdictsOf(link({ ...backbone, latencyMs: 9.99, bandwidthMbps: 40_000 }))).toEqual({
    'DR-04': 'kept',
    'DR-05': 'kept',
  })
  expect(verdictsOf(link({ ...backbone, latencyMs: 10, bandwidthMbps: 39_999 }))).toEqual({
    'DR-04': 'broken',
    'DR-05': 'broken',
  })
  const provider = { from: core, to: end({ nodeKind: 'provider' }) }
  expect(verdictsOf(link({ ...provider, bandwidthMbps: 20_000 }))).toEqual({ 'DR-06': 'kept' })
  expect(verdictsOf(link({ ...provider, bandwidthMbps: 10_000 }))).toEqual({ 'DR-06': 'broken' })
})

test('one way counts twice, since the limits are taken there and back', () => {
  const [, latency] = judgeLink(link({ latencyMs: 1.2, latencyBasis: 'one-way' }), linkRules)
  expect(latency).toMatchObject({ id: 'DR-02', measured: 2.4, verdict: 'broken', unsure: 'latency-basis' })
})

test('what nobody measured is not taken for kept, and faster than light is a wrong measurement', () => {
  expect(verdictsOf(link({ latencyMs: null }))['DR-02']).toBe('unmeasured')
  expect(verdictsOf(link({ latencyMs: 0.19, distanceKm: 20 }))['DR-02']).toBe('implausible')
  expect(verdictsOf(link({ latencyMs: 0.2, distanceKm: 20 }))['DR-02']).toBe('kept')
})

test('within a kilometre of the limit coordinates tell nothing', () => {
  const distances = [48.9, 49, 50, 51, 51.1].map((distanceKm) => verdictsOf(link({ distanceKm }))['DR-01'])
  expect(distances).toEqual(['kept', 'survey', 'survey', 'survey', 'broken'])
})

test('a link is as bad as the worst that was found of it, and judged by nothing where no rule asks', () => {
  expect(worstOf(judgeLink(link({ latencyMs: null, distanceKm: 67 }), linkRules))).toBe('broken')
  expect(worstOf(judgeLink(link({ latencyMs: null }), linkRules))).toBe('unmeasured')
  expect(worstOf(judgeLink(link(), linkRules))).toBe('kept')
  expect(worstOf([])).toBeNull()
})

test('every rule says where it stands, once', () => {
  expect(new Set(linkRules.rules.map(({ id }) => id)).size).toBe(linkRules.rules.length)
  for (const { reference } of linkRules.rules) expect(reference).toMatch(/号$/)
})
