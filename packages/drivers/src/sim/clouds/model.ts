import {
  type Capabilities,
  type Capability,
  type CapabilityName,
  type CapabilityReason,
  type ProjectQuota,
  supported,
  unsupported,
} from '@yiduo/driver-api'

export interface SimHostGroup {
  /** Hosts are named `<prefix>-001`, `<prefix>-002`, … */
  readonly prefix: string
  readonly count: number
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  /** Availability zone; `zone-1` if not said. */
  readonly zone?: string
  readonly aggregates?: readonly string[]
}

export interface SimFlavour {
  readonly name: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
}

export interface SimImage {
  readonly name: string
  readonly minimumDiskGib: number
  readonly minimumMemoryMib: number
}

/** How long things take there. Zero is at once. */
export interface SimTimes {
  /** Really waited on every call. */
  readonly callLatencyMs: number
  readonly serverBuildMs: number
  readonly serverResizeMs: number
  /** Starting, stopping, rebooting. */
  readonly serverPowerMs: number
  readonly serverRemoveMs: number
  readonly volumeBuildMs: number
}

export interface MissingCapability {
  readonly reason: CapabilityReason
  readonly words?: string
}
export type MissingCapabilities = Readonly<Partial<Record<CapabilityName, MissingCapability>>>

/** What to make. Everything but the name, the token and the hosts has a default. */
export interface SimCloudDescription {
  /** Lower case letters, digits and hyphens; the endpoint is `sim://<name>`. */
  readonly name: string
  /** The credential that is let in. */
  readonly token: string
  readonly hosts: readonly SimHostGroup[]
  readonly seed?: number
  readonly architecture?: string
  /** What a probe finds there. */
  readonly product?: string
  readonly version?: string
  /** Virtual CPUs sold for each physical one. */
  readonly oversellRatio?: number
  /** Shared storage for volumes. */
  readonly storageGib?: number
  /** Null: no external network. */
  readonly externalRange?: string | null
  /** Of a project that asks for none; null is without limit. */
  readonly defaultQuota?: ProjectQuota | null
  readonly times?: Partial<SimTimes>
  readonly missing?: MissingCapabilities
  /** A size that no flavour has is made one; not if not said. */
  readonly privateFlavours?: boolean
  readonly flavours?: readonly SimFlavour[]
  readonly images?: readonly SimImage[]
}

/** A cloud's row. */
export interface SimCloud extends SimTimes {
  readonly name: string
  readonly token: string
  readonly seed: number
  readonly architecture: string
  readonly product: string
  readonly version: string
  readonly oversellRatio: number
  readonly storageGib: number
  readonly externalRange: string | null
  readonly defaultQuota: ProjectQuota | null
  readonly missing: MissingCapabilities
}

export const isMissing = (cloud: SimCloud, name: CapabilityName): boolean => cloud.missing[name] !== undefined

export const capabilitiesOf = (cloud: SimCloud): Capabilities => {
  const of = (name: CapabilityName): Capability => {
    const missing = cloud.missing[name]
    return missing ? unsupported(missing.reason, missing.words) : supported
  }
  return {
    projects: of('projects'),
    projectQuotas: of('projectQuotas'),
    hosts: of('hosts'),
    servers: of('servers'),
    serverResize: of('serverResize'),
    serverPower: of('serverPower'),
    serverRename: of('serverRename'),
    serverRebuild: of('serverRebuild'),
    bootFromVolume: of('bootFromVolume'),
    publicKeys: of('publicKeys'),
    userData: of('userData'),
    zones: of('zones'),
    serverGroups: of('serverGroups'),
    privateFlavours: of('privateFlavours'),
    volumes: of('volumes'),
    volumeExtendAttached: of('volumeExtendAttached'),
    volumeRename: of('volumeRename'),
    snapshots: of('snapshots'),
    snapshotRevert: of('snapshotRevert'),
    networks: of('networks'),
    ipv6: of('ipv6'),
    networkRules: of('networkRules'),
    addresses: of('addresses'),
    images: of('images'),
    consoles: of('consoles'),
    usage: of('usage'),
    flavours: of('flavours'),
  }
}
