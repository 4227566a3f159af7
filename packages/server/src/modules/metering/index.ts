export type { NamesOf } from './export.ts'
export { routeMetering } from './routes.ts'
export { createMeteringService, type MeteredAmounts, type MeteringService } from './service.ts'
