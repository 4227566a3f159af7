import { adviceDismiss, adviceList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { AdviceService } from './service.ts'

export const routeAdvice = (bind: Bind, advice: AdviceService): void => {
  bind(adviceList, ({ act, query, locale }) => advice.list(act, query, locale))
  bind(adviceDismiss, ({ act, params, body, locale }) => advice.dismiss(act, params.adviceId, body.remark, locale))
}
