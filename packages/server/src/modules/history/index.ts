export { routeHistory } from './routes.ts'
export { createHistoryService } from './service.ts'
