export { routeSettlement } from './routes.ts'
export { chargedMonthFrom, createSettlementService } from './service.ts'
