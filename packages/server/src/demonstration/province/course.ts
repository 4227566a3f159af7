import type { RequestState } from '@yiduo/contract'
import { monthBounds, monthOf } from '@yiduo/engines'
import type { Ground } from './ground.ts'
import type { PlannedOrder } from './orders.ts'
import { inWorkingHours, plusDays, plusMinutes } from './time.ts'

/** What happened to a request and when; the last is where it stands. */
export interface Happening {
  readonly state: RequestState
  readonly at: Date
  readonly by: string
}

export interface Course {
  readonly happenings: readonly Happening[]
  readonly approvedByRule: boolean
  /** Null where it never came so far. */
  readonly approvedAt: Date | null
  readonly deliveredAt: Date | null
  readonly testEndsAt: Date | null
  readonly formalAt: Date | null
  readonly reclaim: { readonly askedAt: Date; readonly approvedAt: Date; readonly doneAt: Date } | null
}

/** Nobody's log-in: these requests were never anybody's acts. */
export const teller = 'demonstration'
const rule = 'rule'
const testDays = 7
const byRuleUpToVcpus = 4

/** When the bills of a month that is over were closed; null while it is not. */
export const closedAtOf = (month: string, today: Date): Date | null => {
  const { endsAt } = monthBounds(month)
  const usual = plusMinutes(endsAt, 4 * 1_440 + 120) // the fifth, at two in the morning
  return usual < today ? usual : null
}

const draftedAt = ({ chance, today }: Ground, { key, fate, daysAgo }: PlannedOrder): Date => {
  const part = 0.1 + 0.85 * chance.part('hour', key)
  return fate === 'submitted' && daysAgo === 0
    ? plusMinutes(today, -20 - 380 * part)
    : inWorkingHours(today, daysAgo, part)
}

const reclaimOf = ({ chance, today }: Ground, { key, fate }: PlannedOrder, formalAt: Date): Course['reclaim'] => {
  if (fate !== 'reclaimed') return null
  const latest = plusDays(today, -1).getTime()
  const askedAt = new Date(formalAt.getTime() + (latest - formalAt.getTime()) * (0.1 + 0.8 * chance.part('back', key)))
  const approvedAt = plusMinutes(askedAt, chance.between(10, 400, 'back approved', key))
  return { askedAt, approvedAt, doneAt: plusMinutes(approvedAt, 1 + chance.part('back done', key)) }
}

type Open = Pick<Course, 'approvedByRule' | 'approvedAt' | 'deliveredAt' | 'testEndsAt' | 'formalAt' | 'reclaim'>

const never: Open = {
  approvedByRule: false,
  approvedAt: null,
  deliveredAt: null,
  testEndsAt: null,
  formalAt: null,
  reclaim: null,
}

/** Delivered, tested, and so on; from the instant it was sent. */
const openedAt = (ground: Ground, order: PlannedOrder, sentAt: Date): Open => {
  const { chance } = ground
  const { key, fate } = order
  const approvedByRule = order.plan.vcpus * order.quantity <= byRuleUpToVcpus
  const approvedAt = approvedByRule ? sentAt : plusMinutes(sentAt, chance.between(10, 420, 'approved', key))
  const deliveredAt = plusMinutes(approvedAt, 1 + 2 * chance.part('delivered', key))
  const testEndsAt = plusDays(deliveredAt, testDays)
  const formalAt = fate === 'testing' ? null : plusMinutes(deliveredAt, chance.between(900, 8_600, 'formal', key))
  const reclaim = formalAt && reclaimOf(ground, order, formalAt)
  return { approvedByRule, approvedAt, deliveredAt, testEndsAt, formalAt, reclaim }
}

const happeningsOf = (draft: Date, sent: Date, open: Open, settledAt: Date | null): readonly Happening[] => {
  const by = open.approvedByRule ? rule : teller
  const steps: readonly (readonly [RequestState, Date | null, string])[] = [
    ['draft', draft, teller],
    ['submitted', sent, teller],
    ['delivering', open.approvedAt, by],
    ['testing', open.deliveredAt, teller],
    ['formal', open.formalAt, teller],
    ['reclaiming', open.reclaim?.approvedAt ?? null, teller],
    ['reclaimed', open.reclaim?.doneAt ?? null, teller],
    ['settled', settledAt, teller],
  ]
  return steps.flatMap(([state, at, who]) => (at ? [{ state, at, by: who }] : []))
}

const decided = ({ chance }: Ground, { key, fate }: PlannedOrder, draft: Date, sent: Date): readonly Happening[] => {
  const first: readonly Happening[] = [{ state: 'draft', at: draft, by: teller }]
  if (fate === 'draft') return first
  const both: readonly Happening[] = [...first, { state: 'submitted', at: sent, by: teller }]
  if (fate === 'submitted') return both
  const at = plusMinutes(sent, chance.between(10, 300, 'decided', key))
  const state = fate === 'returned' ? 'returned' : fate === 'rejected' ? 'rejected' : 'discarded'
  return [...both, { state, at, by: teller }]
}

/** The whole course of a request up to now. */
export const courseOf = (ground: Ground, order: PlannedOrder): Course => {
  const { chance, today } = ground
  const draft = draftedAt(ground, order)
  const sent = plusMinutes(draft, chance.between(3, order.daysAgo === 0 ? 10 : 90, 'sent', order.key))
  if (order.fate !== 'formal' && order.fate !== 'reclaimed' && order.fate !== 'testing')
    return { ...never, happenings: decided(ground, order, draft, sent) }
  const open = openedAt(ground, order, sent)
  const settledAt = open.reclaim && closedAtOf(monthOf(open.reclaim.doneAt), today)
  return { ...open, happenings: happeningsOf(draft, sent, open, settledAt) }
}
