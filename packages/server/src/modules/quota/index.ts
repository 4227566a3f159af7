export { routeQuota } from './routes.ts'
export { createQuotaService, type QuotaService } from './service.ts'
