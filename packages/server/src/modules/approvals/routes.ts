import { routeCreate, routeEdit, routeList, routeWithdraw, workingDayList, workingDaySet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { ApprovalService } from './service.ts'

export const routeApprovals = (bind: Bind, approvals: ApprovalService): void => {
  bind(routeList, ({ query }) => approvals.listRoutes(query))
  bind(routeCreate, ({ act, body }) => approvals.createRoute(act, body))
  bind(routeEdit, ({ act, params, body, revision }) => approvals.editRoute(act, params.routeId, body, revision))
  bind(routeWithdraw, ({ act, params }) => approvals.withdrawRoute(act, params.routeId))
  bind(workingDayList, ({ query }) => approvals.listWorkingDays(query.year))
  bind(workingDaySet, ({ act, params, body }) => approvals.setWorkingDay(act, params.day, body))
}
