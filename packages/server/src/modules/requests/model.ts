import type { RequestState, Step } from '@yiduo/contract'
import { next, type StateMachine } from '../../kernel/state-machine.ts'

export type RequestEvent =
  | 'submit'
  | 'discard'
  | 'approve'
  | 'return'
  | 'reject'
  | 'delivered'
  | 'delivery-failed'
  | 'completed'
  | 'retry'
  | 'pass-test'
  | 'fail-test'
  | 'test-expired'
  | 'expired'
  | 'reclaim'
  | 'reclaimed'
  | 'reclaim-failed'
  | 'settle'
  | 'withdraw'

/** Servers of one request: the commit of its approval places and reserves each, while others wait for the quota and the pool. */
export const maxServers = 200

/** So many days before an end people are told of it. */
export const endingDays = { formalDays: [30, 7, 1], testDays: [1] }

/** The eight steps as a table. Nothing else decides whether a step is allowed. */
export const requestMachine = {
  draft: { submit: 'submitted', discard: 'discarded' },
  submitted: { approve: 'delivering', return: 'returned', reject: 'rejected', discard: 'discarded' },
  returned: { submit: 'submitted', discard: 'discarded' },
  rejected: {},
  discarded: {},
  delivering: { delivered: 'testing', completed: 'completed', 'delivery-failed': 'delivery-failed' },
  'delivery-failed': {
    retry: 'delivering',
    reclaim: 'reclaiming',
    'test-expired': 'reclaiming',
    withdraw: 'discarded',
    discard: 'reclaiming',
  },
  testing: { 'pass-test': 'formal', 'fail-test': 'reclaiming', 'test-expired': 'reclaiming', reclaim: 'reclaiming' },
  formal: { reclaim: 'reclaiming', expired: 'reclaiming' },
  reclaiming: { reclaimed: 'reclaimed', 'reclaim-failed': 'reclaim-failed' },
  'reclaim-failed': { retry: 'reclaiming' },
  reclaimed: { settle: 'settled' },
  completed: {},
  settled: {},
} satisfies StateMachine<RequestState, RequestEvent>

export const advance = (state: RequestState, event: RequestEvent): RequestState | null =>
  next<RequestState, RequestEvent>(requestMachine, state, event)

/** Whose move it is in each state, which of the eight steps it belongs to, and how long it may take (null: no clock). */
export const stateFacts = {
  draft: { step: 'apply', side: 'department', limitMinutes: null },
  submitted: { step: 'approve', side: 'operator', limitMinutes: 480 },
  returned: { step: 'apply', side: 'department', limitMinutes: 5 * 1440 },
  rejected: { step: 'approve', side: 'none', limitMinutes: null },
  discarded: { step: 'apply', side: 'none', limitMinutes: null },
  delivering: { step: 'provision', side: 'operator', limitMinutes: 5 },
  'delivery-failed': { step: 'provision', side: 'operator', limitMinutes: 480 },
  testing: { step: 'test', side: 'department', limitMinutes: null },
  formal: { step: 'provision', side: 'none', limitMinutes: null },
  reclaiming: { step: 'reclaim', side: 'operator', limitMinutes: 60 },
  'reclaim-failed': { step: 'reclaim', side: 'operator', limitMinutes: 480 },
  reclaimed: { step: 'settle', side: 'operator', limitMinutes: null },
  completed: { step: 'change', side: 'none', limitMinutes: null },
  settled: { step: 'settle', side: 'none', limitMinutes: null },
} as const satisfies Record<
  RequestState,
  { step: Step; side: 'department' | 'operator' | 'none'; limitMinutes: number | null }
>

/** The step a request of a short kind stands for while it is decided and done. */
export const stepOf = (kind: 'open' | 'change' | 'reclaim', state: RequestState): Step => {
  if (kind === 'change' && (state === 'delivering' || state === 'completed')) return 'change'
  if (kind === 'reclaim' && (state === 'delivering' || state === 'completed')) return 'reclaim'
  return stateFacts[state].step
}
