import { admitted, type Filter, rejected } from '../model.ts'

/** Nothing is placed on a platform that its last probe did not find working. */
export const online: Filter = {
  name: 'online',
  admits: (pool) => (pool.online ? admitted : rejected('platform-not-online')),
}
