export { insertQuotas } from './history-store.ts'
export { routeQuota } from './routes.ts'
export { createQuotaService, type QuotaService } from './service.ts'
export { insertReservations, type NewReservation } from './store.ts'
