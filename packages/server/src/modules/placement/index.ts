export { createPlacementService, type PlacementService } from './service.ts'
