export { routeAbolition } from './routes.ts'
export { createAbolitionService } from './service.ts'
