export { routeFindings } from './routes.ts'
export { createFindingService, type FindingService } from './service.ts'
