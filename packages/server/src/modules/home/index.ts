export { routeHome } from './routes.ts'
export { createHomeService, type HomeDeps } from './service.ts'
