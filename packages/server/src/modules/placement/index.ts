export { type Chosen, createPlacementService, type PlacementService } from './service.ts'
