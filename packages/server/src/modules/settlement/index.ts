export { routeSettlement } from './routes.ts'
export { closedMonthFrom, createSettlementService, type SettlementService } from './service.ts'
