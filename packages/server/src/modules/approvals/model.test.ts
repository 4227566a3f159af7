import type { RouteConditions, RouteStage } from '@yiduo/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasDecided, isAgreed, type Route, type RouteFacts, type Seat, stagesFor } from './model.ts'

const facts: RouteFacts = {
  subject: 'open',
  offeringIds: ['off_a'],
  zones: ['public'],
  securityGrade: 2,
  vcpus: 4,
  monthlyPriceYuanE4: 1_000_000,
  quotaLeftPercent: 50,
  small: true,
}
const stage = (name: string): RouteStage => ({
  name,
  parties: ['operator'],
  needs: 'any',
  limitMinutes: 60,
  escalateTo: null,
})
const route = (conditions: RouteConditions, stages: readonly RouteStage[], position = 1): Route => ({
  operatorOrganisationId: null,
  position,
  conditions,
  stages,
})
const names = (routes: readonly Route[], it: Partial<RouteFacts> = {}) =>
  stagesFor(routes, { ...facts, ...it }).map(({ name }) => name)

test('without a route of its own a standard request is for the rule, and anything else for the operator', () => {
  expect(names([])).toEqual([])
  expect(names([], { small: false })).toEqual(['审批'])
  expect(names([], { quotaLeftPercent: null })).toEqual(['审批'])
  expect(names([], { subject: 'reclaim' })).toEqual(['审批'])
  expect(names([], { subject: 'collection' })).toEqual(['审批'])
})

test('no route lets a rule approve what no quota bounds, or what is over it', () => {
  const byRule = [route({}, [])]
  expect(names(byRule)).toEqual([])
  expect(names(byRule, { quotaLeftPercent: null })).toEqual(['审批'])
  expect(names(byRule, { quotaLeftPercent: -1 })).toEqual(['审批'])
})

test.each<[RouteConditions, Partial<RouteFacts>]>([
  [{ subjects: ['change'] }, { subject: 'change' }],
  [{ offeringIds: ['off_b'] }, { offeringIds: ['off_a', 'off_b'] }],
  [{ zones: ['dedicated'] }, { zones: ['dedicated'] }],
  [{ securityGradeFrom: 3 }, { securityGrade: 3 }],
  [{ vcpusFrom: 5 }, { vcpus: 5 }],
  [{ vcpusUpTo: 3 }, { vcpus: 3 }],
  [{ monthlyPriceYuanE4From: 1_000_001 }, { monthlyPriceYuanE4: 1_000_001 }],
  [{ quotaLeftPercentBelow: 20 }, { quotaLeftPercent: 19 }],
  [{ standard: false }, { small: false }],
])('the condition %j holds for what it names and for nothing else', (conditions, it) => {
  const routes = [route(conditions, [stage('取此')]), route({}, [stage('其余')], 2)]
  expect(names(routes)).toEqual(['其余'])
  expect(names(routes, it)).toEqual(['取此'])
})

test('all conditions of a route must hold, and the lowest position goes first', () => {
  const routes = [
    route({ vcpusFrom: 4, securityGradeFrom: 3 }, [stage('两者')], 1),
    route({ vcpusFrom: 4 }, [stage('核数')], 3),
    route({ zones: ['public'] }, [stage('区域')], 2),
  ]
  expect(names(routes)).toEqual(['区域'])
  expect(names(routes, { securityGrade: 3 })).toEqual(['两者'])
})

const seat = (it: Partial<Seat> = {}): Seat => ({
  organisationId: 'o',
  escalated: false,
  decidedBy: null,
  decidedFor: null,
  verdict: null,
  ...it,
})
const agreed = seat({ verdict: 'agreed', decidedBy: 'a' })

test('one voice is enough where any may decide, every voice where all must, and a called one always', () => {
  expect(isAgreed('any', [seat(), agreed])).toBe(true)
  expect(isAgreed('all', [seat(), agreed])).toBe(false)
  expect(isAgreed('all', [seat(), { ...agreed, escalated: true }])).toBe(true)
  expect(isAgreed('any', [seat(), seat({ escalated: true })])).toBe(false)
})

test('agreement never comes from nobody, and is never lost by one more voice', () => {
  const some = fc.array(fc.record({ escalated: fc.boolean(), agrees: fc.boolean() }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom('any' as const, 'all' as const), some, (needs, it) => {
      const called = [{ escalated: false, agrees: it[0]?.agrees ?? false }, ...it]
      const seats = called.map(({ escalated, agrees }) => seat(agrees ? { ...agreed, escalated } : { escalated }))
      if (!called.some(({ agrees }) => agrees)) expect(isAgreed(needs, seats)).toBe(false)
      if (isAgreed(needs, seats))
        expect(
          isAgreed(
            needs,
            seats.map((one) => (one.verdict ? one : { ...one, ...agreed })),
          ),
        ).toBe(true)
    }),
  )
})

test('somebody has one voice, raised by themselves or by who stands in for them', () => {
  expect(hasDecided([seat({ decidedBy: 'deputy', decidedFor: 'chief' })], ['chief'])).toBe(true)
  expect(hasDecided([seat({ decidedBy: 'deputy', decidedFor: 'chief' })], ['deputy'])).toBe(true)
  expect(hasDecided([seat()], ['chief'])).toBe(false)
})
