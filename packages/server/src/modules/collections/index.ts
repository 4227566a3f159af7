export { routeCollections } from './routes.ts'
export { createCollectionService } from './service.ts'
