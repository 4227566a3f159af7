import type { Driver, ProjectRef, ServerSize } from '../driver.ts'
import type { Connection } from '../factory.ts'

/** The calls that make something, and so could make it twice when their answer is lost. */
export const makingCalls = [
  'projects.ensure',
  'networks.ensure',
  'networks.createPort',
  'networks.ensureRules',
  'volumes.create',
  'snapshots.create',
  'servers.create',
  'serverGroups.ensure',
  'addresses.bind',
] as const
export type MakingCall = (typeof makingCalls)[number]

/** Disposing it ends the disturbance. */
export interface Disturbance extends AsyncDisposable {
  /** Whether it has struck: a disturbance that never came about proves nothing. */
  struck(): Promise<boolean>
}

/** A cloud to be certified, and what the suite must know of it. It makes a few small things there and removes them. */
export interface ConformanceTarget {
  readonly driver: Driver
  readonly connection: Pick<Connection, 'markPrefix' | 'credential' | 'now'>
  /** A fresh mark with the connection's prefix, never given before. */
  readonly mark: () => string
  /** Calls `poll`, with pauses of its own choosing, until it answers something; rejects once its deadline is past. */
  readonly until: <T extends object>(poll: () => Promise<T | null>) => Promise<T>
  /** The sizes that servers get; `large` holds more than one vcpu and the same system disk, else it can't come back. */
  readonly size: { readonly small: ServerSize; readonly large: ServerSize }
  /** An image that runs on both sizes. */
  readonly imageName: string
  /** Whether there is an external network that routers reach. */
  readonly routed: boolean
  /** Where the driver makes no projects: the one to work in. Without it, the first one listed. */
  readonly project?: ProjectRef
  /** The same cloud through a credential that it must refuse. */
  readonly impostor?: Driver
  /** The same cloud through the connection of another installation, which marks with another prefix. */
  readonly stranger?: { readonly driver: Driver; readonly markPrefix: string }
  /** Makes the next such call take effect and lose its answer. */
  readonly losesAnswer?: (call: MakingCall) => Promise<Disturbance>
  /** Makes the next such call get lost before it has any effect. */
  readonly losesCall?: (call: MakingCall) => Promise<Disturbance>
  /** What must not show in any words; without it, every text of the credential of 8 characters or more. */
  readonly secrets?: readonly string[]
  /** Ends the run after the check at hand; what it made is removed all the same. */
  readonly signal?: AbortSignal
}

export type TargetAbility = 'routed' | 'impostor' | 'stranger' | 'losesAnswer' | 'losesCall'

/** An `until` on the given clock. `pause` may really wait, or turn on a clock that a test holds. */
export const createPolling =
  (options: { now: () => Date; pause: () => Promise<void>; deadlineMs: number }): ConformanceTarget['until'] =>
  async (poll) => {
    const deadline = options.now().getTime() + options.deadlineMs
    for (;;) {
      const answer = await poll()
      if (answer !== null) return answer
      if (options.now().getTime() >= deadline) throw new Error(`not settled within ${options.deadlineMs} ms`)
      await options.pause()
    }
  }
