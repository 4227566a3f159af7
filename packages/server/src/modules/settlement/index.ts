export { routeSettlement } from './routes.ts'
export { closedMonthFrom, createSettlementService } from './service.ts'
