import type { Shape } from '../shape.ts'
import type { statements as zhCn } from '../zh-cn/statements.ts'

export const statements: Shape<typeof zhCn> = {
  hint: 'Made of the closed month’s real use; the provider confirms, the operator and the authority sign',
  empty: 'No statements yet. They are made when a month is closed in which a provider’s platforms were used.',
  listAmount: 'At list price',
  discount: 'Discount',
  percentOf: '{{percent}} % off',
  amount: 'Amount',
  draftedAt: 'Drafted',
  export: 'Export the statement',
  moves: 'Who did what',
  noMoves: 'None of the three has done anything yet.',
  acts: {
    confirm: 'Confirm',
    dispute: 'Dispute',
    answer: 'Answer the dispute',
    sign: 'Sign as the operator',
    countersign: 'Sign as the authority',
  },
  actHints: {
    confirm: 'As the provider: {{amount}} for this month. The operator and the authority sign next.',
    dispute:
      'Say which lines are wrong and what they should be (now {{amount}}). It can be confirmed after the answer.',
    answer: 'Say what was found. What was wrong is corrected in the open month; this one stays {{amount}}.',
    sign: 'For the operator: {{amount}}. It cannot be taken back.',
    countersign: 'For the authority: {{amount}}. It cannot be taken back.',
  },
  next: {
    draft: 'The provider is to confirm or dispute it',
    disputed: 'The provider disputes it; the operator is to answer',
    confirmed: 'Confirmed by the provider; the operator and the authority are to sign',
    'operator-signed': 'Signed by the operator; the authority is to sign',
    'authority-signed': 'Signed by the authority; the operator is to sign',
    signed: 'Signed by all three: it can be paid',
  },
  discounts: 'Discounts of the contract',
  noDiscounts: 'None: the list price is paid.',
  setDiscount: 'Set a discount',
  percent: 'Per cent off the list price',
  percentHint: '15 pays 85 % of the list price. Months that have a statement stay as they are.',
}
