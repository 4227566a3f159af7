import { admitted, rejected, type TraitFilter } from '../model.ts'

/** A platform named in the request is an order, not a wish: the test will run against that very cloud. */
export const chosenPlatform: TraitFilter = {
  name: 'chosen-platform',
  admits: (pool, ask) =>
    ask.preferredPlatformId === null || ask.preferredPlatformId === pool.platformId
      ? admitted
      : rejected('another-platform-chosen'),
}
