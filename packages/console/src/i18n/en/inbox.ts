import type { Shape } from '../shape.ts'
import type { inbox as zhCn } from '../zh-cn/inbox.ts'

export const inbox: Shape<typeof zhCn> = {
  hint: 'Requests that wait for you, the most pressing first',
  empty: 'Nothing waits for you. New requests appear here as they come in.',
  allRequests: 'All requests',
  list: 'Waiting requests',
  keys: 'Keys: ↑ ↓ move, A approve, R return, X select',
  approveChosen: 'Approve selected ({{count}})',
  previous: 'Previous',
  next: 'Next',
  position: '{{at}} of {{count}}',
  sentBy: 'Sent by',
  grade: 'Grade and zone',
  gradeOf: 'Grade {{grade}} · {{zone}} zone',
  lines: 'What is asked for',
  size: 'Size',
  place: 'Platform',
  fittingPlace: 'Platform (if approved now)',
  anyPlace: 'Chosen on approval',
  quotaAfter: 'Quota after approval',
  quotaLeft: '{{left}} of {{limit}} left',
  quotaShort: '{{left}} too many (limit {{limit}})',
  quotaWords: '{{held}} held, {{wanted}} asked for, limit {{limit}}',
  oneByOne: 'Transfers are accepted one by one',
  notAllowed: 'Not yours to decide',
  beyondQuota: 'Beyond the quota; decide on it by itself',
}
