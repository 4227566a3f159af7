import {
  billClose,
  billCorrect,
  billExport,
  billGet,
  billList,
  billSummary,
  closingPolicyGet,
  closingPolicySet,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { SettlementService } from './service.ts'
import { routeStatements } from './statement-routes.ts'

export const routeSettlement = (bind: Bind, settlement: SettlementService): void => {
  bind(billList, ({ act, query }) => settlement.list(act, query))
  bind(billSummary, ({ act, query }) => settlement.summarise(act, query))
  bind(billGet, ({ act, params }) => settlement.get(act, params.organisationId, params.month))
  bind(billClose, ({ act, params }) => settlement.close(act, params.organisationId, params.month))
  bind(billCorrect, ({ act, params, body }) => settlement.correct(act, params.organisationId, params.month, body))
  bind(billExport, ({ act, params, query, locale }) => settlement.export(act, params, query.format, locale))
  routeStatements(bind, settlement.statements)
  bind(closingPolicyGet, () => settlement.policy())
  bind(closingPolicySet, ({ act, body }) => settlement.setPolicy(act, body))
}
