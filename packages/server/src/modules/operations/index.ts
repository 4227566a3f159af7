export { routeOperations } from './routes.ts'
export { createOperationService } from './service.ts'
