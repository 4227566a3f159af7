import { type RequestState, requestKinds, requestStates, type Step } from '@yiduo/contract'
import { next, type StateMachine } from '../../kernel/state-machine.ts'

export type RequestEvent =
  | 'submit'
  | 'collect'
  | 'forward'
  | 'consolidate'
  | 'release'
  | 'discard'
  | 'approve'
  | 'return'
  | 'reject'
  | 'delivered'
  | 'drop'
  | 'delivery-failed'
  | 'completed'
  | 'retry'
  | 'pass-test'
  | 'fail-test'
  | 'test-expired'
  | 'expired'
  | 'recycle'
  | 'recycled'
  | 'recycle-failed'
  | 'restore'
  | 'restored'
  | 'restore-failed'
  | 'purge'
  | 'reclaim'
  | 'reclaimed'
  | 'reclaim-failed'
  | 'settle'
  | 'withdraw'

/** Servers of one request: the commit of its approval places and reserves each, while others wait for the quota and the pool. */
export const maxServers = 200

/** The eight steps as a table. Nothing else decides whether a step is allowed. */
export const requestMachine = {
  draft: { submit: 'submitted', collect: 'collecting', discard: 'discarded' },
  collecting: {
    forward: 'submitted',
    consolidate: 'consolidated',
    return: 'returned',
    reject: 'rejected',
    discard: 'discarded',
  },
  consolidated: { release: 'collecting', approve: 'delivering', reject: 'rejected' },
  submitted: { approve: 'delivering', return: 'returned', reject: 'rejected', discard: 'discarded' },
  returned: { submit: 'submitted', collect: 'collecting', discard: 'discarded' },
  rejected: {},
  discarded: {},
  delivering: { delivered: 'testing', completed: 'completed', 'delivery-failed': 'delivery-failed' },
  'delivery-failed': {
    retry: 'delivering',
    drop: 'testing',
    reclaim: 'reclaiming',
    'test-expired': 'reclaiming',
    withdraw: 'discarded',
    discard: 'reclaiming',
  },
  testing: { 'pass-test': 'formal', 'fail-test': 'reclaiming', 'test-expired': 'reclaiming', reclaim: 'reclaiming' },
  formal: { recycle: 'recycling', expired: 'recycling' },
  recycling: { recycled: 'recycled', 'recycle-failed': 'recycle-failed' },
  'recycle-failed': { retry: 'recycling', restore: 'restoring', purge: 'reclaiming' },
  recycled: { restore: 'restoring', purge: 'reclaiming' },
  restoring: { restored: 'formal', 'restore-failed': 'recycling' },
  reclaiming: { reclaimed: 'reclaimed', 'reclaim-failed': 'reclaim-failed' },
  'reclaim-failed': { retry: 'reclaiming' },
  reclaimed: { settle: 'settled' },
  completed: {},
  settled: {},
} satisfies StateMachine<RequestState, RequestEvent>

export const advance = (state: RequestState, event: RequestEvent): RequestState | null =>
  next<RequestState, RequestEvent>(requestMachine, state, event)

/** How long a side may take: office hours for what people do, the clock on the wall for what machines do. */
interface Limit {
  readonly minutes: number
  readonly officeHours: boolean
}
const officeHours = (minutes: number): Limit => ({ minutes, officeHours: true })
const onTheWall = (minutes: number): Limit => ({ minutes, officeHours: false })

/**
 * Whose move it is in each state, which of the eight steps it belongs to, and how long it may take (null: no clock, or
 * one of its own: the stage of an approval, the end of a test).
 */
export const stateFacts = {
  draft: { step: 'apply', side: 'department', limit: null },
  collecting: { step: 'approve', side: 'department', limit: null },
  consolidated: { step: 'approve', side: 'operator', limit: null },
  submitted: { step: 'approve', side: 'operator', limit: null },
  returned: { step: 'apply', side: 'department', limit: officeHours(5 * 480) },
  rejected: { step: 'approve', side: 'none', limit: null },
  discarded: { step: 'apply', side: 'none', limit: null },
  delivering: { step: 'provision', side: 'operator', limit: onTheWall(5) },
  'delivery-failed': { step: 'provision', side: 'operator', limit: officeHours(480) },
  testing: { step: 'test', side: 'department', limit: null },
  formal: { step: 'provision', side: 'none', limit: null },
  recycling: { step: 'reclaim', side: 'operator', limit: onTheWall(60) },
  'recycle-failed': { step: 'reclaim', side: 'operator', limit: officeHours(480) },
  recycled: { step: 'reclaim', side: 'none', limit: null },
  restoring: { step: 'reclaim', side: 'operator', limit: onTheWall(60) },
  reclaiming: { step: 'reclaim', side: 'operator', limit: onTheWall(60) },
  'reclaim-failed': { step: 'reclaim', side: 'operator', limit: officeHours(480) },
  reclaimed: { step: 'settle', side: 'operator', limit: null },
  completed: { step: 'change', side: 'none', limit: null },
  settled: { step: 'settle', side: 'none', limit: null },
} as const satisfies Record<RequestState, { step: Step; side: 'department' | 'operator' | 'none'; limit: Limit | null }>

/** In these a request waits for somebody's decision, and its stages are open. */
export const isUndecided = (state: RequestState): boolean => state === 'submitted' || state === 'collecting'

/** What was not decided holds no quota yet. */
export const isBeforeDecision = (state: RequestState): boolean => takesAttachments(state)

/** Files come and go until it is decided: what was decided on stays what it was. */
export const takesAttachments = (state: RequestState): boolean =>
  isUndecided(state) || state === 'draft' || state === 'returned' || state === 'consolidated'

/** The step a request of a short kind stands for while it is decided and done. */
export const stepOf = (kind: 'open' | 'change' | 'reclaim', state: RequestState): Step => {
  if (kind === 'change' && (state === 'delivering' || state === 'completed')) return 'change'
  if (kind === 'reclaim' && (state === 'delivering' || state === 'completed')) return 'reclaim'
  return stateFacts[state].step
}

/** What stands in one of the eight steps: its kind and its state. */
export const standingsIn = (step: Step): string[] =>
  requestKinds.flatMap((kind) =>
    requestStates.filter((state) => stepOf(kind, state) === step).map((state) => `${kind} ${state}`),
  )
