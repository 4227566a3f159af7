export { routeMetering } from './routes.ts'
export { createMeteringService, type Metered, type MeteredAmounts, type MeteringService } from './service.ts'
