export { createFleet, type Fleet, type LeftOut } from './fleet.ts'
export {
  type Allocation,
  type CardAsk,
  type HostAsk,
  type HostChoice,
  type HostClass,
  type HostInput,
  type HostPlacement,
  type HostRejection,
  type HostVerdict,
  wholeCardMilli,
} from './model.ts'
export { createPlacer, type Placer } from './placer.ts'
export { defaultHostPolicy, type HostPolicy, type PieceWorth, policyFault, type SeenClass } from './policy.ts'
export { hostAskOfLine, hostOfPool } from './pool-host.ts'
export { type BoundScorer, type HostScorer, scorersOf } from './scorers/index.ts'
export { createSeenClasses } from './seen-classes.ts'
export type { Shape } from './shape.ts'
export { release, setInService, take } from './take.ts'
export * from './worth/index.ts'
