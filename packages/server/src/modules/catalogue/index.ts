export { memoryGib, priceAt } from './model.ts'
export { routeCatalogue } from './routes.ts'
export { type CatalogueService, createCatalogueService } from './service.ts'
export type { MeteringMap, OfferingRow, PlanRow } from './store.ts'
