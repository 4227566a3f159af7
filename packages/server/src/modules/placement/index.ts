export { createPlacementService, type PlacementService, poolOf } from './service.ts'
