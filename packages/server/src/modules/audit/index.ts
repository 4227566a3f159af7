export { routeAudit } from './routes.ts'
export { createAuditService } from './service.ts'
