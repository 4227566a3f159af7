import type { Shape } from '../shape.ts'
import type { collections as zhCn } from '../zh-cn/collections.ts'

export const collections: Shape<typeof zhCn> = {
  hint: 'A county sends its requests to the city as one; quota, resources and cost stay with each unit',
  empty: 'No collections yet. Gather waiting requests into one and send them together.',
  emptyCity: 'No county has sent a collection.',
  name: 'Name',
  members: 'Requests',
  due: 'Due',
  bureau: 'County bureau',
  operator: 'Decided by',
  gather: 'Gather requests',
  edit: 'Change requests',
  discard: 'Dissolve',
  discardHint: 'Its requests wait at the bureau again; nothing is lost.',
  submit: 'Send',
  submitHint: 'Sends its {{count}} requests to the city for approval.',
  nothingWaits: 'No request waits to be gathered',
  sum: '{{count}} chosen, {{price}} a month in all',
  approveAll: 'Approve all',
  approvePart: 'Approve the rest',
  approvePartHint:
    'The {{count}} lines without a tick are refused, the others are delivered; a request all of whose lines are refused is rejected.',
  byLineHint: 'Take away the ticks of lines to be refused, then approve the rest.',
  refused: 'refused',
}
