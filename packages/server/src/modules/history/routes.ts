import { resourceHistory } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { HistoryService } from './service.ts'

export const routeHistory = (bind: Bind, history: HistoryService): void =>
  bind(resourceHistory, ({ act, params, query, locale }) => history.list(act, params.resourceId, query, locale))
