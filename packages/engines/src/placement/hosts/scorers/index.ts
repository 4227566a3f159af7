import type { HostPolicy } from '../policy.ts'
import { idleCards } from './idle-cards.ts'
import { mostRoom } from './most-room.ts'
import { ownCity } from './own-city.ts'
import type { HostScorer } from './scorer.ts'
import { wholeHosts } from './whole-hosts.ts'
import { worthLost } from './worth-lost.ts'

export type { BoundScorer, HostScorer } from './scorer.ts'

export const scorersOf = (policy: HostPolicy): readonly HostScorer[] => [
  worthLost(policy.weights.worthLost, policy),
  wholeHosts(policy.weights.wholeHosts, policy.classes),
  idleCards(policy.weights.idleCards),
  ownCity(policy.weights.ownCity),
  mostRoom(policy.weights.mostRoom),
]
