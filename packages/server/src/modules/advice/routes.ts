import { adviceAssign, adviceDecline, adviceDismiss, adviceList, adviceSummary } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { AdviceService } from './service.ts'

export const routeAdvice = (bind: Bind, advice: AdviceService): void => {
  bind(adviceList, ({ act, query, locale }) => advice.list(act, query, locale))
  bind(adviceDismiss, ({ act, params, body, locale }) => advice.dismiss(act, params.adviceId, body.remark, locale))
  bind(adviceAssign, ({ act, params, body, locale }) => advice.assign(act, params.adviceId, body, locale))
  bind(adviceDecline, ({ act, params, body, locale }) => advice.decline(act, params.adviceId, body.reason, locale))
  bind(adviceSummary, ({ act, params }) => advice.summary(act, params.organisationId))
}
