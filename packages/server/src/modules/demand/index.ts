export { routeDemand } from './routes.ts'
export { createDemandService } from './service.ts'
