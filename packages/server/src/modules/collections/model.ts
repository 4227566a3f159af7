import type { CollectionState } from '@yiduo/contract'
import { next, type StateMachine } from '../../kernel/state-machine.ts'

export type CollectionEvent = 'submit' | 'approve' | 'return' | 'reject' | 'discard'

/** An envelope on its way: what becomes of the requests in it is their own affair once it is decided. */
export const collectionMachine = {
  draft: { submit: 'submitted', discard: 'discarded' },
  submitted: { approve: 'approved', return: 'returned', reject: 'rejected' },
  returned: { submit: 'submitted', discard: 'discarded' },
  approved: {},
  rejected: {},
  discarded: {},
} satisfies StateMachine<CollectionState, CollectionEvent>

export const advance = (state: CollectionState, event: CollectionEvent): CollectionState | null =>
  next<CollectionState, CollectionEvent>(collectionMachine, state, event)

/** Its bureau may still put requests in and take them out. */
export const isWithBureau = (state: CollectionState): boolean => state === 'draft' || state === 'returned'
