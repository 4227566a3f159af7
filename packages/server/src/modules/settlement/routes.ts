import { billClose, billGet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { SettlementService } from './service.ts'

export const routeSettlement = (bind: Bind, settlement: SettlementService): void => {
  bind(billGet, ({ act, params }) => settlement.get(act, params.organisationId, params.month))
  bind(billClose, ({ act, params }) => settlement.close(act, params.organisationId, params.month))
}
