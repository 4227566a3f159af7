export { routeCollections } from './routes.ts'
export { type CollectionService, createCollectionService } from './service.ts'
