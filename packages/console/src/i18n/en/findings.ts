import type { Shape } from '../shape.ts'
import type { findings as zhCn } from '../zh-cn/findings.ts'

export const findings: Shape<typeof zhCn> = {
  hint: 'What the security operator found: ordered to be put right, answered and closed, every step on record',
  empty: 'No findings',
  title: 'Finding',
  subject: 'About',
  detail: 'Detail',
  severity: 'Severity',
  state: 'State',
  raise: 'Raise a finding',
  raisedBy: 'Raised by',
  raisedAt: 'Raised',
  organisation: 'Concerned',
  provider: 'Supplier',
  dueOn: 'Due on',
  order: 'Order rectification',
  orderAgain: 'Order it anew',
  requirement: 'What is required',
  answer: 'Answer',
  answered: 'What was done',
  close: 'Close',
  closeHint: 'A closed finding is not changed any more.',
  findSubject: 'Find a system, resource, organisation or platform by name (two characters and more)',
  progress: 'Progress',
  notYet: 'not yet',
}
