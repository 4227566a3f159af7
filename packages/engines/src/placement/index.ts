export type { Architecture, Placement, PlacementAsk, Pool, Rejection, ScoredPool } from './model.ts'
export { place } from './place.ts'
