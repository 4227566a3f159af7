import type { StatementState } from '@yiduo/contract'
import type { StateMachine } from '../../kernel/state-machine.ts'

export type StatementEvent = 'confirm' | 'dispute' | 'answer' | 'sign' | 'countersign'

/** The provider confirms; then the operator and the authority sign, in either order. */
export const statementMachine = {
  draft: { confirm: 'confirmed', dispute: 'disputed' },
  disputed: { confirm: 'confirmed', answer: 'draft' },
  confirmed: { sign: 'operator-signed', countersign: 'authority-signed' },
  'operator-signed': { countersign: 'signed' },
  'authority-signed': { sign: 'signed' },
  signed: {},
} satisfies StateMachine<StatementState, StatementEvent>

/** Each party acts by its own people: who acted for one does not act for another. */
export const partyOf = {
  confirm: 'provider',
  dispute: 'provider',
  answer: 'operator',
  sign: 'operator',
  countersign: 'authority',
} as const satisfies Record<StatementEvent, string>
