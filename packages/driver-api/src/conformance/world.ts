import type { Capabilities } from '../capabilities.ts'
import type {
  AddressRef,
  Attempt,
  Driver,
  NetworkRef,
  PortRef,
  ProjectRef,
  RuleGroupRef,
  ServerGroupRef,
  ServerRef,
  SnapshotRef,
  VolumeRef,
} from '../driver.ts'
import type { Observed, ObservedKind } from '../inventory.ts'
import type { Outcome } from '../outcome.ts'
import type { Made } from './made.ts'
import type { Scope } from './scope.ts'
import type { ConformanceTarget } from './target.ts'

/** What a check works with. */
export interface World {
  readonly target: ConformanceTarget
  readonly driver: Driver
  readonly capabilities: Capabilities
  /** Things that live through the whole run, made when first asked for: a server takes seconds on a real cloud. */
  readonly shared: Shared
  /** Ends with the check at hand. */
  readonly scope: Scope
  /** Every word of failure so far. */
  readonly heard: readonly string[]
  /** Every mark of this run. */
  readonly marks: ReadonlySet<string>
  readonly mark: () => string
  /** Waits until `poll` answers something; `what` names it if it never does. */
  until<T extends object>(what: string, poll: () => Promise<T | null>): Promise<T>
  /** Repeats the call, as our engine would, until it is neither pending nor transient. */
  settle<T>(call: (attempt: Attempt) => Promise<Outcome<T>>, since?: Date | null): Promise<Outcome<T>>
  sees(kind: ObservedKind): boolean
  listed(kind: ObservedKind): Promise<readonly Observed[]>
  marked(kind: ObservedKind, mark: string): Promise<readonly Observed[]>
}

/** Each is made when first asked for and removed after the last check. */
export interface Shared {
  /** The world whose scope is the whole run. */
  lasting(): World
  /** Where everything happens: our own project, or the given one where the driver makes none. */
  home(): Promise<ProjectRef>
  project(): Promise<Made<ProjectRef>>
  network(): Promise<Made<NetworkRef>>
  port(): Promise<Made<PortRef>>
  ruleGroup(): Promise<Made<RuleGroupRef>>
  server(): Promise<Made<ServerRef>>
  /** Keeps its servers apart. */
  serverGroup(): Promise<Made<ServerGroupRef>>
  volume(): Promise<Made<VolumeRef>>
  /** One whose snapshots are taken: nothing else is done to it. */
  snapshotVolume(): Promise<Made<VolumeRef>>
  snapshot(): Promise<Made<SnapshotRef>>
  address(): Promise<Made<AddressRef>>
  /** A second project, with a quota of one vcpu where the cloud has quotas; its network has the first one's range. */
  neighbour(): Promise<Made<ProjectRef>>
  neighbourNetwork(): Promise<Made<NetworkRef>>
}
