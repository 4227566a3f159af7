import type { Facts, Observed, ObservedKind, ObservedState } from '@yiduo/driver-api'
import type { HostPlaces } from './host-places.ts'
import { carriedBy, type Marks } from './marks.ts'
import { shownName } from './names.ts'
import { textOfSecurityRule } from './rules.ts'
import {
  cpuInfoShape,
  type NovaFlavour,
  type NovaHypervisor,
  type NovaServer,
  type NovaServerGroup,
} from './shapes-compute.ts'
import type { GlanceImage, KeystoneProject } from './shapes-identity.ts'
import type {
  NeutronFloatingAddress,
  NeutronNetwork,
  NeutronPort,
  NeutronRouter,
  NeutronSecurityGroup,
  NeutronSubnet,
} from './shapes-network.ts'
import type { CinderSnapshot, CinderVolume } from './shapes-volume.ts'
import { imageState, networkState, serverState, volumeState } from './states.ts'

/** Each cloud's thing in our words and units. Lists inside facts are sorted: a new order is no change. */
export type Observing = ReturnType<typeof createObserving>

export function createObserving(marks: Marks) {
  const withMark = (observed: Observed, carrier: Parameters<typeof carriedBy>[0]): Observed => {
    const mark = marks.of(...carriedBy(carrier))
    return mark === null ? observed : { ...observed, mark, name: shownName(observed.name) }
  }
  return {
    host: observedHost,
    flavour: observedFlavour,
    image: (it: GlanceImage) => withMark(observedImage(it), it),
    project: (it: KeystoneProject) => withMark(observedProject(it), it),
    network: (it: NeutronNetwork, subnets: readonly NeutronSubnet[]) => withMark(observedNetwork(it, subnets), it),
    subnet: (it: NeutronSubnet) => withMark(observedSubnet(it), it),
    router: (it: NeutronRouter) => withMark(observedRouter(it), it),
    securityGroup: (it: NeutronSecurityGroup) => withMark(observedSecurityGroup(it), it),
    port: (it: NeutronPort) => withMark(observedPort(it), it),
    server: (it: NovaServer) => withMark(observedServer(it), it),
    serverGroup: (it: NovaServerGroup) => observedServerGroup(it, marks),
    volume: (it: CinderVolume) => withMark(observedVolume(it), it),
    snapshot: (it: CinderSnapshot) => withMark(observedSnapshot(it), it),
    address: (it: NeutronFloatingAddress) => withMark(observedAddress(it), it),
  }
}

function observedServer(it: NovaServer): Observed {
  return thing('server', it.id, it.name, serverState(it.status, it['OS-EXT-STS:task_state']), it.status, {
    projectId: it.tenant_id,
    createdAt: it.created,
    facts: {
      vcpus: it.flavor?.vcpus,
      memoryMib: it.flavor?.ram,
      // Of one whose system disk is a volume, the volume tells.
      diskGib: it.image === '' ? null : it.flavor?.disk,
      flavourName: it.flavor?.original_name,
      imageId: it.image === '' ? null : it.image?.id,
      // Empty while there is no host yet.
      zone: it['OS-EXT-AZ:availability_zone'] || null,
      addresses: addressesOf(it),
      volumeIds: (it['os-extended-volumes:volumes_attached'] ?? []).map((volume) => volume.id).toSorted(),
    },
  })
}

/** The mark is the name's last word: a group has no other place for it. */
function observedServerGroup(it: NovaServerGroup, marks: Marks): Observed {
  const [, name = '', last] = /^(.*) (\S+)$/.exec(it.name ?? '') ?? []
  const mark = marks.of(last)
  const group = thing('serverGroup', it.id, it.name, 'active', '', { projectId: it.project_id, facts: {} })
  return mark === null ? group : { ...group, mark, name: shownName(name) }
}

export const addressesOf = (it: NovaServer): readonly string[] =>
  Object.values(it.addresses ?? {})
    .flat()
    .map((address) => address.addr)
    .toSorted()

function observedVolume(it: CinderVolume): Observed {
  return thing('volume', it.id, it.name, volumeState(it.status), it.status, {
    projectId: it['os-vol-tenant-attr:tenant_id'],
    createdAt: it.created_at,
    facts: {
      sizeGib: it.size,
      serverId: it.attachments?.[0]?.server_id,
      imageId: it.volume_image_metadata?.image_id,
    },
  })
}

function observedSnapshot(it: CinderSnapshot): Observed {
  return thing('snapshot', it.id, it.name, volumeState(it.status), it.status, {
    projectId: it['os-extended-snapshot-attributes:project_id'],
    createdAt: it.created_at,
    facts: { sizeGib: it.size, volumeId: it.volume_id },
  })
}

function observedNetwork(it: NeutronNetwork, subnets: readonly NeutronSubnet[]): Observed {
  const its = subnets.filter((subnet) => subnet.network_id === it.id).toSorted((a, b) => a.id.localeCompare(b.id))
  const first = its.find((subnet) => !subnet.cidr.includes(':')) ?? its[0]
  const second = its.find((subnet) => subnet !== first && subnet.cidr.includes(':'))
  return thing('network', it.id, it.name, networkState(it.status), it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: { cidr: first?.cidr, ipv6Cidr: second?.cidr, enabled: it.admin_state_up },
  })
}

/** Subnets and security groups have no state: they are there, or not. */
function observedSubnet(it: NeutronSubnet): Observed {
  return thing('subnet', it.id, it.name, 'active', it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: { cidr: it.cidr, networkId: it.network_id },
  })
}

function observedRouter(it: NeutronRouter): Observed {
  return thing('router', it.id, it.name, networkState(it.status), it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: { enabled: it.admin_state_up },
  })
}

function observedSecurityGroup(it: NeutronSecurityGroup): Observed {
  return thing('securityGroup', it.id, it.name, 'active', it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: { rules: it.security_group_rules?.map(textOfSecurityRule).toSorted() },
  })
}

function observedPort(it: NeutronPort): Observed {
  return thing('port', it.id, it.name, networkState(it.status), it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: {
      networkId: it.network_id,
      serverId: it.device_owner?.startsWith('compute:') ? it.device_id : null,
      addresses: it.fixed_ips.map((address) => address.ip_address).toSorted(),
      enabled: it.admin_state_up,
    },
  })
}

function observedAddress(it: NeutronFloatingAddress): Observed {
  return thing('address', it.id, it.floating_ip_address, networkState(it.status), it.status, {
    projectId: it.project_id,
    createdAt: it.created_at,
    facts: { addresses: [it.floating_ip_address], portId: it.port_id, networkId: it.floating_network_id },
  })
}

function observedImage(it: GlanceImage): Observed {
  return thing('image', it.id, it.name, imageState(it.status), it.status, {
    projectId: it.visibility === 'public' ? null : it.owner,
    createdAt: it.created_at,
    facts: { architecture: it.architecture, minimumDiskGib: it.min_disk, minimumMemoryMib: it.min_ram },
  })
}

function observedProject(it: KeystoneProject): Observed {
  const enabled = it.enabled ?? true
  return thing('project', it.id, it.name, enabled ? 'active' : 'stopped', enabled ? 'enabled' : 'disabled', {
    projectId: it.id,
    facts: { enabled },
  })
}

function observedFlavour(it: NovaFlavour): Observed {
  const enabled = it['OS-FLV-DISABLED:disabled'] !== true
  return thing('flavour', it.id, it.name, enabled ? 'active' : 'stopped', enabled ? 'enabled' : 'disabled', {
    facts: { vcpus: it.vcpus, memoryMib: it.ram, diskGib: it.disk, enabled },
  })
}

function observedHost(it: NovaHypervisor, places: HostPlaces): Observed {
  const host = it.service?.host ?? it.hypervisor_hostname
  const enabled = it.status !== 'disabled'
  const state: ObservedState = it.state === 'down' ? 'broken' : enabled ? 'active' : 'stopped'
  return thing('host', String(it.id), it.hypervisor_hostname, state, `${it.state ?? '?'}/${it.status ?? '?'}`, {
    facts: {
      vcpus: it.vcpus,
      memoryMib: it.memory_mb,
      diskGib: it.local_gb,
      usedVcpus: it.vcpus_used,
      usedMemoryMib: it.memory_mb_used,
      architecture: cpuInfoShape.fits(it.cpu_info) ? it.cpu_info.arch : null,
      enabled,
      zone: places.zones.get(host),
      aggregates: places.aggregates.get(host),
    },
  })
}

interface More {
  readonly projectId?: string | null | undefined
  readonly createdAt?: string | null | undefined
  readonly facts: { readonly [K in keyof Facts]: Facts[K] | null | undefined }
}

function thing(
  kind: ObservedKind,
  externalId: string,
  name: string | null | undefined,
  state: ObservedState,
  nativeState: string | null | undefined,
  more: More,
): Observed {
  return {
    kind,
    externalId,
    mark: null,
    name: name ?? '',
    projectId: more.projectId || null,
    state,
    nativeState: nativeState ?? '',
    facts: said(more.facts),
    createdAt: instant(more.createdAt),
  }
}

/** Leaves out what the cloud does not say. */
function said(facts: More['facts']): Facts {
  // Only empty fields go, so what stays is of the fields' own types; `fromEntries` cannot say so.
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)) as Facts
}

/** Cinder and Keystone leave out the zone; all of OpenStack speaks UTC. */
export function instant(text: string | null | undefined): Date | null {
  if (!text) return null
  const at = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}
