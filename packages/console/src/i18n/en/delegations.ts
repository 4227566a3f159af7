import type { Shape } from '../shape.ts'
import type { delegations as zhCn } from '../zh-cn/delegations.ts'

export const delegations: Shape<typeof zhCn> = {
  hint: 'While you are away a colleague of your organisation can decide in your name; the track says who did',
  empty: 'No delegations. Let a colleague decide for you before you go away.',
  create: 'Delegate',
  person: 'Of',
  delegate: 'To (log-in name)',
  delegateHint: 'A colleague of your own organisation, such as sun.operator',
  from: 'From',
  until: 'Until',
  lastDay: 'Last day',
  reason: 'Why',
  end: 'End it',
  endHint: 'It takes effect at once: you decide yourself again.',
  states: { ended: 'Over', coming: 'Not begun', running: 'Holds now' },
}
