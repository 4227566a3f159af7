import type { Capabilities } from './capabilities.ts'
import type { Observed, ObservedKind, Page, ProbeReport } from './inventory.ts'
import type { NetworkRule } from './network-rule.ts'
import type { Outcome } from './outcome.ts'
import type { UsageFacet } from './usage.ts'

/**
 * How often this has been tried. The engine stores `since` before the first call, so a call that was
 * cut off by a crash is known to have been under way.
 */
export interface Attempt {
  /**
   * Instant of the first call for this thing; null on the very first one. When set, a driver first looks
   * for a thing with the mark and adopts it. Where the cloud has no fence against a call still in flight,
   * it answers `pending` until the call's own time limit has passed since `since`, and only then creates.
   */
  readonly since: Date | null
  /** The handle of an earlier `pending`, if one was stored. */
  readonly handle: string | null
}

/** A cloud's project (tenant), the fence around one business system's things. */
export interface ProjectRef {
  readonly projectId: string
}

/** What we want gone. `handle` is the cloud's id when known; else the mark is looked for. */
export interface Removal {
  readonly mark: string
  readonly project: ProjectRef
  readonly externalId: string | null
}

export interface Driver extends AsyncDisposable {
  /** Reachable? Which version? What may this credential do? */
  probe(): Promise<Outcome<ProbeReport>>
  capabilities(): Promise<Outcome<Capabilities>>
  /** Pages through everything of one kind the credential can see; `cursor` null for the first page. */
  list(kind: ObservedKind, cursor: string | null): Promise<Outcome<Page>>
  get(kind: ObservedKind, externalId: string, project: ProjectRef | null): Promise<Outcome<Observed>>
  readonly projects: ProjectsFacet
  readonly networks: NetworksFacet
  readonly volumes: VolumesFacet
  readonly snapshots: SnapshotsFacet
  readonly servers: ServersFacet
  readonly serverGroups: ServerGroupsFacet
  readonly addresses: AddressesFacet
  readonly consoles: ConsolesFacet
  readonly usage: UsageFacet
}

export interface ProjectQuota {
  readonly vcpus: number
  readonly memoryMib: number
  readonly servers: number
  readonly volumeGib: number
  readonly volumes: number
  readonly addresses: number
}

export interface ProjectsFacet {
  /**
   * Makes (or adopts by mark) the project and gives our credential the right to work in it. Where `projects` is
   * not supported, answers the one project the credential is bound to, and `remove` leaves it alone.
   */
  ensure(
    ask: { mark: string; name: string; quota: ProjectQuota | null },
    attempt: Attempt,
  ): Promise<Outcome<ProjectRef>>
  /** Removes the project and whatever the cloud itself put into it (default security groups). */
  remove(what: { mark: string; projectId: string | null }, attempt: Attempt): Promise<Outcome<null>>
}

export interface NetworkRef {
  readonly networkId: string
  readonly subnetId: string
  /** Where IPv6 was asked for beside it. */
  readonly ipv6SubnetId?: string
  /** Null where the network has no way out. */
  readonly routerId: string | null
}

export interface PortRef {
  readonly portId: string
  readonly fixedAddress: string
  /** Where the network holds IPv6 beside it. */
  readonly ipv6Address?: string
}

export interface RuleGroupRef {
  readonly ruleGroupId: string
}

export interface NetworksFacet {
  /** Network, subnet and, with `routed`, a router to the cloud's external network. */
  ensure(
    ask: {
      mark: string
      name: string
      project: ProjectRef
      cidr: string
      routed: boolean
      /** `ipv6`: a range of its own beside an IPv4 one, given here or by the cloud's pool. */
      ipv6?: { readonly cidr: string } | 'from-pool'
    },
    attempt: Attempt,
  ): Promise<Outcome<NetworkRef>>
  remove(what: Removal, attempt: Attempt): Promise<Outcome<null>>
  /**
   * What a server starts on. No fence for it: a cloud may accept two servers on one port before either holds it, so a
   * driver waits a lost call for a server out (docs/adr/0004-exactly-one-effect-on-a-cloud.md).
   */
  createPort(
    ask: {
      mark: string
      name: string
      project: ProjectRef
      network: NetworkRef
      /** As `setPortRules` takes them; if not said, the cloud's own default of the project. */
      ruleGroupIds?: readonly string[]
    },
    attempt: Attempt,
  ): Promise<Outcome<PortRef>>
  removePort(what: Removal, attempt: Attempt): Promise<Outcome<null>>
  /** A group with these rules and no others: what lacks is added before what is too much goes. */
  ensureRules(
    ask: { mark: string; name: string; project: ProjectRef; rules: readonly NetworkRule[] },
    attempt: Attempt,
  ): Promise<Outcome<RuleGroupRef>>
  /** Refused while a port obeys it. */
  removeRules(what: Removal, attempt: Attempt): Promise<Outcome<null>>
  /** The port obeys these groups and no others; none lets nothing through. */
  setPortRules(
    ask: { project: ProjectRef; portId: string; ruleGroupIds: readonly string[] },
    attempt: Attempt,
  ): Promise<Outcome<null>>
}

export interface VolumeRef {
  readonly volumeId: string
  /** As the cloud holds it; it may have rounded up. */
  readonly sizeGib: number
}

export interface VolumesFacet {
  create(
    ask: {
      mark: string
      name: string
      project: ProjectRef
      sizeGib: number
      /** What it begins with; else it is empty. It is at least as large as the snapshot, or refused. */
      fromSnapshotId?: string
    },
    attempt: Attempt,
  ): Promise<Outcome<VolumeRef>>
  /** Grows to at least `sizeGib`, attached or not; already that large is done. */
  extend(ask: { project: ProjectRef; volumeId: string; sizeGib: number }, attempt: Attempt): Promise<Outcome<VolumeRef>>
  attach(ask: { project: ProjectRef; volumeId: string; serverId: string }, attempt: Attempt): Promise<Outcome<null>>
  /** Not attached to that server is done. */
  detach(ask: { project: ProjectRef; volumeId: string; serverId: string }, attempt: Attempt): Promise<Outcome<null>>
  /** As it is shown to people; the mark stays. */
  rename(ask: { project: ProjectRef; volumeId: string; name: string }, attempt: Attempt): Promise<Outcome<null>>
  remove(what: Removal, attempt: Attempt): Promise<Outcome<null>>
}

export interface SnapshotRef {
  readonly snapshotId: string
  readonly volumeId: string
  /** Of the volume when it was taken. */
  readonly sizeGib: number
}

export interface SnapshotsFacet {
  /**
   * Of a volume as it is, attached or not: what the guest has not yet written is not in it. Its size counts against the
   * project's `volumeGib`, and a volume is not removed while it has one.
   */
  create(
    ask: { mark: string; name: string; project: ProjectRef; volumeId: string },
    attempt: Attempt,
  ): Promise<Outcome<SnapshotRef>>
  /**
   * Puts the volume back in place, where `snapshotRevert` is supported: a detached volume, its newest snapshot, no
   * growth since. Restoring any other way is a new volume from the snapshot (`volumes.create`).
   */
  revert(ask: { project: ProjectRef; volumeId: string; snapshotId: string }, attempt: Attempt): Promise<Outcome<null>>
  remove(what: Removal, attempt: Attempt): Promise<Outcome<null>>
}

export interface ServerSize {
  readonly vcpus: number
  readonly memoryMib: number
  /** System disk. */
  readonly diskGib: number
}

export interface ServerRef {
  readonly serverId: string
  /** As the cloud holds it. */
  readonly size: ServerSize
  readonly hostName: string | null
  readonly addresses: readonly string[]
}

export type PowerState = 'running' | 'stopped'

/** The most of `userData`, in characters of its Base64 form: what Nova takes. */
export const longestUserData = 65_535

/** What may be asked for beside the usual; each has a capability of its own, and is refused where that is missing. */
export interface ServerOptions {
  /** `bootFromVolume`: on the host if not said; a volume goes with the server, and counts as one in the quota. */
  readonly systemDisk?: 'host' | 'volume'
  /** `publicKeys`: one line as OpenSSH writes it. */
  readonly publicKey?: string
  /** `userData`: text for the guest's first start. It is no place for secrets: clouds show it to who reads the server. */
  readonly userData?: string
  /** `zones`: as `list('host')` names them. */
  readonly zone?: string
  /** `serverGroups`. */
  readonly serverGroupId?: string
}

export type ServerGroupPolicy = 'anti-affinity' | 'soft-anti-affinity' | 'affinity'

export interface ServerGroupRef {
  readonly serverGroupId: string
}

export interface ServerGroupsFacet {
  /** Servers made in it are on hosts of their own, or on one and the same; what no host can do is exhausted. */
  ensure(
    ask: { mark: string; name: string; project: ProjectRef; policy: ServerGroupPolicy },
    attempt: Attempt,
  ): Promise<Outcome<ServerGroupRef>>
  /** Its servers stay. */
  remove(what: Removal, attempt: Attempt): Promise<Outcome<null>>
}

export interface ServersFacet {
  create(
    ask: {
      mark: string
      name: string
      project: ProjectRef
      size: ServerSize
      imageName: string
      port: PortRef
    } & ServerOptions,
    attempt: Attempt,
  ): Promise<Outcome<ServerRef>>
  /**
   * Changes to the fitting size and confirms. Already that size is done. If the cloud cannot, the server
   * is put back to its old size before a failure is answered. A system disk that is a volume does not grow this way.
   */
  resize(
    ask: { project: ProjectRef; serverId: string; size: ServerSize },
    attempt: Attempt,
  ): Promise<Outcome<ServerRef>>
  /** Already so is done; pending while anything is being done to it. A stopped server keeps its place on its host. */
  setPower(
    ask: { project: ProjectRef; serverId: string; power: PowerState },
    attempt: Attempt,
  ): Promise<Outcome<ServerRef>>
  /**
   * A running server only; softly, unless `forced` takes its power away without asking the guest. The first answer is a
   * `pending` without an effect, whose handle tells how often the server had been rebooted: with it, a repetition knows
   * whether the reboot has happened since.
   */
  reboot(
    ask: { project: ProjectRef; serverId: string; forced?: boolean },
    attempt: Attempt,
  ): Promise<Outcome<ServerRef>>
  /**
   * The system disk anew from the image; id, addresses, volumes and size stay, and whether it runs. Its handle works as
   * that of `reboot`.
   */
  rebuild(
    ask: { project: ProjectRef; serverId: string; imageName: string },
    attempt: Attempt,
  ): Promise<Outcome<ServerRef>>
  /** As it is shown to people; the mark stays. */
  rename(ask: { project: ProjectRef; serverId: string; name: string }, attempt: Attempt): Promise<Outcome<null>>
  remove(what: Removal, attempt: Attempt): Promise<Outcome<null>>
}

export interface AddressRef {
  readonly addressId: string
  readonly address: string
}

export interface AddressesFacet {
  /** Allocates an address of the external network and binds it to the port, in one call where the cloud has one. */
  bind(
    ask: { mark: string; name: string; project: ProjectRef; port: PortRef },
    attempt: Attempt,
  ): Promise<Outcome<AddressRef>>
  release(what: Removal, attempt: Attempt): Promise<Outcome<null>>
}

/** The screen as RFB (RFC 6143), or the bytes of a serial line. */
export type ConsoleProtocol = 'vnc' | 'text'

/** A WebSocket of the cloud's, as its own pages would connect to it; frames hold the protocol's bytes. */
export interface Console {
  /** `ws:` or `wss:`. Whoever has it is in: it is used at once, never stored, logged or shown to anybody. */
  readonly url: string
  /** What the cloud wants to be offered; null: nothing. */
  readonly subprotocol: string | null
  /** Null where the cloud does not say; such an address commonly lives ten minutes. */
  readonly expiresAt: Date | null
  /** How its certificate is judged, as the platform's settings say. */
  readonly trust: { readonly caCertificate: string | null; readonly insecure: boolean }
}

export interface ConsolesFacet {
  /** Of a running server. Where the cloud runs no console of that protocol: `cloud-unsupported`. */
  open(ask: { project: ProjectRef; serverId: string; protocol: ConsoleProtocol }): Promise<Outcome<Console>>
}
