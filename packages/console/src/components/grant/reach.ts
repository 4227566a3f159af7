import type { Grant } from '@yiduo/contract'

/** Where an organisation lies, seen from the one at which a grant was given. */
export type Place = 'above' | 'beside' | 'at' | 'below'

/** Whether a grant reaches it; the server's rule (`scopeOf`), for drawing. */
export const isReached = (reach: Grant['reach'], place: Place): boolean =>
  reach === 'all' || place === 'at' || (reach === 'subtree' && place === 'below')
