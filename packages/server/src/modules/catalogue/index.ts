export { type Amounts, amountsOfServer, monthlyPriceOf, priceAt } from './model.ts'
export { routeCatalogue } from './routes.ts'
export { type CatalogueService, createCatalogueService } from './service.ts'
export type { MeteringMap, OfferingRow, PlanRow, PriceRow } from './store.ts'
