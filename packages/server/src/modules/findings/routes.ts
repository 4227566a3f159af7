import { findingAnswer, findingClose, findingGet, findingList, findingOrder, findingRaise } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { FindingService } from './service.ts'

export const routeFindings = (bind: Bind, findings: FindingService): void => {
  bind(findingList, ({ act, query }) => findings.list(act, query))
  bind(findingGet, ({ act, params }) => findings.get(act, params.findingId))
  bind(findingRaise, ({ act, body }) => findings.raise(act, body))
  bind(findingOrder, ({ act, params, body }) => findings.order(act, params.findingId, body))
  bind(findingAnswer, ({ act, params, body }) => findings.answer(act, params.findingId, body))
  bind(findingClose, ({ act, params, body }) => findings.close(act, params.findingId, body))
}
