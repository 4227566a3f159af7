export { routeFindings } from './routes.ts'
export { createFindingService } from './service.ts'
