export { routeSearch } from './routes.ts'
export { createSearchService } from './service.ts'
