import { quotaList, quotaSet, systemQuotaList, systemQuotaRemove, systemQuotaSet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { QuotaService } from './service.ts'

export const routeQuota = (bind: Bind, quota: QuotaService): void => {
  bind(quotaList, ({ act, params }) => quota.list(act, params.organisationId))
  bind(quotaSet, ({ act, params, body }) => quota.set(act, params.organisationId, params.measure, body))
  bind(systemQuotaList, ({ act, params }) => quota.listOfSystem(act, params.systemId))
  bind(systemQuotaSet, ({ act, params, body }) => quota.setOfSystem(act, params.systemId, params.measure, body))
  bind(systemQuotaRemove, ({ act, params }) => quota.removeOfSystem(act, params.systemId, params.measure))
}
