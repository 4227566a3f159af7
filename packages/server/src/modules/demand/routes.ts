import {
  demandPlanAccept,
  demandPlanCompare,
  demandPlanGet,
  demandPlanList,
  demandPlanReturn,
  demandPlanSet,
  demandPlanSubmit,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { DemandService } from './service.ts'

export const routeDemand = (bind: Bind, demand: DemandService): void => {
  bind(demandPlanSet, ({ act, params, body }) => demand.set(act, params.organisationId, body))
  bind(demandPlanList, ({ act, query }) => demand.list(act, query))
  bind(demandPlanCompare, ({ act, query }) => demand.compare(act, query))
  bind(demandPlanGet, ({ act, params }) => demand.get(act, params.demandPlanId))
  bind(demandPlanSubmit, ({ act, params, body }) => demand.move(act, params.demandPlanId, 'submit', body.remark ?? ''))
  bind(demandPlanAccept, ({ act, params, body }) => demand.move(act, params.demandPlanId, 'accept', body.remark ?? ''))
  bind(demandPlanReturn, ({ act, params, body }) => demand.move(act, params.demandPlanId, 'return', body.remark ?? ''))
}
