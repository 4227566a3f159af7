import type { FindingState } from '@yiduo/contract'
import type { StateMachine } from '../../kernel/state-machine.ts'

export type FindingEvent = 'order' | 'answer' | 'close'

/** An answer that is not good is ordered anew. What needs no putting right is closed at once. */
export const findingMachine = {
  raised: { order: 'ordered', close: 'closed' },
  ordered: { order: 'ordered', answer: 'answered', close: 'closed' },
  answered: { order: 'ordered', answer: 'answered', close: 'closed' },
  closed: {},
} satisfies StateMachine<FindingState, FindingEvent>

/** The day in Asia/Shanghai, which has no summer time. */
export const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
