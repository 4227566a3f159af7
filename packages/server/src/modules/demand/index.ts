export { routeDemand } from './routes.ts'
export { createDemandService, type DemandService } from './service.ts'
