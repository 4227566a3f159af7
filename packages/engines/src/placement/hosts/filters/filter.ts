import type { Admission } from '../../model.ts'
import type { Fleet } from '../fleet.ts'
import type { HostAsk, HostClass } from '../model.ts'
import type { Shape } from '../shape.ts'

/** A rule that looks at no amounts: asked once for each class and shape. */
export interface ClassFilter {
  readonly name: string
  admits(hostClass: HostClass, ask: HostAsk): Admission
}

/** A rule about what is left on one host. It has one reason; asked again whenever the host has changed. */
export interface HostFilter {
  readonly name: string
  readonly code: string
  admits(fleet: Fleet, host: number, shape: Shape): boolean
}
