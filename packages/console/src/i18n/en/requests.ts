import type { Shape } from '../shape.ts'
import type { requests as zhCn } from '../zh-cn/requests.ts'

export const requests: Shape<typeof zhCn> = {
  track: 'Progress',
  hint: 'Every request on its way from applying to settling',
  empty: 'No requests yet. Choose a plan from the catalogue to make one.',
  id: 'Id',
  kind: 'Kind',
  state: 'State',
  step: 'Step',
  anyStep: 'Any step',
  what: 'What',
  system: 'Business system',
  organisation: 'Organisation',
  price: 'Per month',
  createdAt: 'Created',
  updatedAt: 'Updated',
  anyState: 'Any state',
  anyKind: 'Any kind',
}
