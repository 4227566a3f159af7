import { admitted, rejected, type TraitFilter } from '../model.ts'

/** Nothing is placed on a platform that its last probe did not find working. */
export const online: TraitFilter = {
  name: 'online',
  admits: (pool) => (pool.online ? admitted : rejected('platform-not-online')),
}
