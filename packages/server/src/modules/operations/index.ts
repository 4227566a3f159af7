export { routeOperations } from './routes.ts'
export { createOperationService, type OperationService } from './service.ts'
