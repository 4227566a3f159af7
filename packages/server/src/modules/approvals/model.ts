import { type RouteConditions, type RouteStage, toId } from '@yiduo/contract'

/** What a route can ask about a thing that is sent. */
export interface RouteFacts {
  readonly subject: 'open' | 'change' | 'reclaim' | 'collection'
  readonly offeringIds: readonly string[]
  readonly zones: readonly string[]
  /** The highest among its business systems. */
  readonly securityGrade: number
  readonly vcpus: number
  readonly monthlyPriceYuanE4: number
  /** Of the scarcest measure, once this is delivered; null where no quota bounds it. */
  readonly quotaLeftPercent: number | null
  /** Small enough for every offering it touches. */
  readonly small: boolean
}

export interface Route {
  readonly operatorOrganisationId: string | null
  readonly position: number
  readonly conditions: RouteConditions
  readonly stages: readonly RouteStage[]
}

/** Whether one condition holds; a condition that is not given always does. */
const holds: {
  readonly [C in keyof Required<RouteConditions>]: (want: Required<RouteConditions>[C], it: RouteFacts) => boolean
} = {
  subjects: (want, it) => want.includes(it.subject),
  offeringIds: (want, it) => want.some((id) => it.offeringIds.includes(id)),
  zones: (want, it) => want.some((zone) => it.zones.includes(zone)),
  securityGradeFrom: (want, it) => it.securityGrade >= want,
  vcpusFrom: (want, it) => it.vcpus >= want,
  vcpusUpTo: (want, it) => it.vcpus <= want,
  monthlyPriceYuanE4From: (want, it) => it.monthlyPriceYuanE4 >= want,
  quotaLeftPercentBelow: (want, it) => it.quotaLeftPercent !== null && it.quotaLeftPercent < want,
  standard: (want, it) => isStandard(it) === want,
}

/** Small, and within a quota that exists. */
const isStandard = (it: RouteFacts): boolean => it.small && it.quotaLeftPercent !== null && it.quotaLeftPercent >= 0

const fits = (conditions: RouteConditions, facts: RouteFacts): boolean =>
  Object.entries(conditions).every(([name, want]) =>
    // The table has one rule for each condition of the contract, of that condition's own type.
    (holds[name as keyof RouteConditions] as (want: unknown, it: RouteFacts) => boolean)(want, facts),
  )

/** Eight office hours: a working day. */
const workingDayMinutes = 480

/** One stage of the request's own operator, and above it when that is late. */
export const byOperator: readonly RouteStage[] = [
  { name: '审批', parties: ['operator'], needs: 'any', limitMinutes: workingDayMinutes, escalateTo: 'upper-operator' },
]

/** One stage of an operator that is not the request's own. */
export const byOperatorOf = (organisationId: string): RouteStage => ({
  name: '承接方审批',
  parties: [toId('organisation', organisationId)],
  needs: 'any',
  limitMinutes: workingDayMinutes,
  escalateTo: 'upper-operator',
})

/**
 * The stages a thing goes through; none where a rule approves. Routes of its own operator go before those of the whole
 * province. No rule approves what no quota bounds, whatever a route says.
 */
export const stagesFor = (routes: readonly Route[], facts: RouteFacts): readonly RouteStage[] => {
  const rank = (route: Route) => (route.operatorOrganisationId === null ? 1 : 0)
  const inOrder = routes.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position)
  const taken = inOrder.find((route) => fits(route.conditions, facts))
  const isBounded = facts.quotaLeftPercent !== null && facts.quotaLeftPercent >= 0
  if (taken) return taken.stages.length > 0 || isBounded ? taken.stages : byOperator
  return facts.subject !== 'reclaim' && facts.subject !== 'collection' && isStandard(facts) ? [] : byOperator
}

export interface Seat {
  readonly organisationId: string
  readonly escalated: boolean
  readonly decidedBy: string | null
  readonly decidedFor: string | null
  readonly verdict: 'agreed' | 'returned' | 'rejected' | null
}

/** Whether those who have agreed are enough: one that an escalation called is, whoever else is missing. */
export const isAgreed = (needs: 'any' | 'all', seats: readonly Seat[]): boolean => {
  const agreed = (seat: Seat) => seat.verdict === 'agreed'
  if (seats.some((seat) => seat.escalated && agreed(seat))) return true
  const called = seats.filter((seat) => !seat.escalated)
  return needs === 'any' ? called.some(agreed) : called.every(agreed)
}

/** Somebody has one voice at a stage, whether they raise it themselves or somebody raises it for them. */
export const hasDecided = (seats: readonly Seat[], personIds: readonly string[]): boolean =>
  seats.some((seat) => [seat.decidedBy, seat.decidedFor].some((id) => id !== null && personIds.includes(id)))
