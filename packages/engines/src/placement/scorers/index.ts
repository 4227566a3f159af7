import type { Scorer } from '../model.ts'
import { mostRoom } from './most-room.ts'
import { ownCity } from './own-city.ts'

export const scorers: readonly Scorer[] = [ownCity, mostRoom]
