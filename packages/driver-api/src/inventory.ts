/** What `list` can be asked for. */
export const observedKinds = [
  'host',
  'flavour',
  'image',
  'project',
  'network',
  'subnet',
  'router',
  'securityGroup',
  'port',
  'server',
  'serverGroup',
  'volume',
  'snapshot',
  'address',
] as const
export type ObservedKind = (typeof observedKinds)[number]

/** One thing as the cloud shows it, in our units. No vendor type leaves a driver. */
export interface Observed {
  readonly kind: ObservedKind
  readonly externalId: string
  /** Our mark if the thing carries one of ours (`yd-…`), else null. */
  readonly mark: string | null
  readonly name: string
  /** The cloud's project (tenant) that owns it; null for what belongs to the whole cloud. */
  readonly projectId: string | null
  readonly state: ObservedState
  /** The cloud's own word for the state. */
  readonly nativeState: string
  readonly facts: Facts
  readonly createdAt: Date | null
}

export type ObservedState = 'building' | 'active' | 'stopped' | 'resizing' | 'deleting' | 'broken' | 'unknown'

/** Flat figures and references by kind; units are in the names. Absent where the cloud does not say. */
export interface Facts {
  readonly vcpus?: number
  readonly memoryMib?: number
  readonly diskGib?: number
  readonly sizeGib?: number
  readonly usedVcpus?: number
  readonly usedMemoryMib?: number
  readonly architecture?: string
  readonly enabled?: boolean
  readonly flavourName?: string
  readonly imageId?: string
  readonly serverId?: string
  readonly portId?: string
  readonly networkId?: string
  readonly addresses?: readonly string[]
  readonly volumeIds?: readonly string[]
  readonly volumeId?: string
  readonly cidr?: string
  /** Beside `cidr`, of a network that holds both. */
  readonly ipv6Cidr?: string
  /** Of a group of rules, each as `textOfRule` says it, sorted. */
  readonly rules?: readonly string[]
  readonly minimumDiskGib?: number
  /** Availability zone. */
  readonly zone?: string
  /** Names of the host aggregates that a host is in. */
  readonly aggregates?: readonly string[]
  readonly minimumMemoryMib?: number
}

/** One page of a listing. Only `complete: true`, on the last page, lets a reader conclude that something is gone. */
export interface Page {
  readonly items: readonly Observed[]
  readonly nextCursor: string | null
  readonly complete: boolean
  /** Items on this and all earlier pages. */
  readonly count: number
}

export interface ProbeReport {
  readonly product: string
  readonly version: string
  readonly capabilities: import('./capabilities.ts').Capabilities
  /** Permissions that the credential lacks, in the cloud's own terms. */
  readonly missingPermissions: readonly string[]
  /** Time one authenticated round trip took. */
  readonly roundTripMs: number
  /** When the credential stops working, if the cloud says. */
  readonly credentialExpiresAt: Date | null
}
