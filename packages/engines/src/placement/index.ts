export * from './hosts/index.ts'
export type { Architecture, Placement, PlacementAsk, Pool, PoolTraits, Rejection, ScoredPool } from './model.ts'
export { place } from './place.ts'
