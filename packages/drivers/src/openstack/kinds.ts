import type { ProjectRef } from '@yiduo/driver-api'
import { done, isDone, type Observed, type ObservedKind, type Outcome, type Page } from '@yiduo/driver-api'
import type { ServiceName } from './catalogue.ts'
import type { Call, Cloud } from './cloud.ts'
import { readHostPlaces } from './host-places.ts'
import type { Observing } from './observed.ts'
import { nextOf, pageLimit, readPage, type Sheet } from './paging.ts'
import type { Right } from './rights.ts'
import type { Shape } from './shape.ts'
import * as compute from './shapes-compute.ts'
import * as identity from './shapes-identity.ts'
import * as network from './shapes-network.ts'
import * as volume from './shapes-volume.ts'

export interface Kind {
  /** Without it a listing shows what is our own. Where there is none, the service judges by itself. */
  readonly rightToAll?: Right | undefined
  list(cloud: Cloud, as: Observing, all: boolean, cursor: string | null): Promise<Outcome<Page>>
  get(cloud: Cloud, as: Observing, id: string, scope: ProjectRef | null): Promise<Outcome<Observed>>
}

/** Where a kind is listed and read, and how its answers turn into ours. */
interface Row<P, I> {
  readonly service: ServiceName
  readonly path: string
  readonly query?: Call['query']
  /** How everyone's are listed by whoever may. */
  readonly all?: { readonly right: Right; readonly path?: string; readonly query?: Call['query'] }
  readonly itemPath?: string
  readonly pageShape: Shape<P>
  readonly itemShape: Shape<I>
  sheet(body: P, as: Observing, cloud: Cloud): Sheet | Promise<Outcome<Sheet>>
  item(body: I, as: Observing, cloud: Cloud): Observed | Promise<Outcome<Observed>>
}

function kind<P, I>(row: Row<P, I>): Kind {
  return {
    rightToAll: row.all?.right,
    list(cloud, as, all, cursor) {
      const path = (all ? row.all?.path : undefined) ?? row.path
      const query = { limit: String(pageLimit), ...row.query, ...(all ? row.all?.query : {}) }
      return readPage(cloud, { service: row.service, path, query, project: null }, row.pageShape, cursor, (body) =>
        row.sheet(body, as, cloud),
      )
    },
    async get(cloud, as, id, scope) {
      const path = `${row.itemPath ?? row.path}/${encodeURIComponent(id)}`
      const answer = await cloud.ask({ service: row.service, path, project: scope }, row.itemShape)
      if (!isDone(answer)) return answer
      const item = await row.item(answer.value, as, cloud)
      return 'outcome' in item ? item : done(item)
    },
  }
}

/** Subnets are asked for by the networks of a page; more of them would not fit a request line (8 KiB). */
const networkPageLimit = 100

export const kinds: Readonly<Record<ObservedKind, Kind>> = {
  host: kind({
    service: 'compute',
    path: '/os-hypervisors/detail',
    itemPath: '/os-hypervisors',
    pageShape: compute.hypervisorsShape,
    itemShape: compute.hypervisorShape,
    async sheet(body, as, cloud) {
      const places = await readHostPlaces(cloud)
      if (!isDone(places)) return places
      const items = body.hypervisors.map((it) => as.host(it, places.value))
      return done({ items, next: nextOf(body.hypervisors_links) })
    },
    async item(body, as, cloud) {
      const places = await readHostPlaces(cloud)
      return isDone(places) ? done(as.host(body.hypervisor, places.value)) : places
    },
  }),
  flavour: kind({
    service: 'compute',
    path: '/flavors/detail',
    itemPath: '/flavors',
    // Nova shows the private ones to an administrator and takes no notice of anyone else's wish.
    query: { is_public: 'None' },
    pageShape: compute.flavoursShape,
    itemShape: compute.flavourShape,
    sheet: (body, as) => ({ items: body.flavors.map(as.flavour), next: nextOf(body.flavors_links) }),
    item: (body, as) => as.flavour(body.flavor),
  }),
  image: kind({
    service: 'image',
    path: '/images',
    pageShape: identity.imagesShape,
    itemShape: identity.imageShape,
    sheet: (body, as) => ({ items: body.images.map(as.image), next: body.next ?? null }),
    item: (body, as) => as.image(body),
  }),
  project: kind({
    service: 'identity',
    path: '/auth/projects',
    all: { right: 'projects', path: '/projects' },
    itemPath: '/projects',
    pageShape: identity.projectsShape,
    itemShape: identity.projectShape,
    sheet: (body, as) => ({ items: body.projects.map(as.project), next: null, truncated: body.truncated ?? false }),
    item: (body, as) => as.project(body.project),
  }),
  network: kind({
    service: 'network',
    path: '/networks',
    query: { limit: String(networkPageLimit) },
    pageShape: network.networksShape,
    itemShape: network.networkShape,
    sheet: (body, as, cloud) => withSubnets(cloud, as, body.networks, nextOf(body.networks_links)),
    item: (body, as, cloud) => withItsSubnets(cloud, as, body.network),
  }),
  subnet: kind({
    service: 'network',
    path: '/subnets',
    pageShape: network.subnetsShape,
    itemShape: network.subnetShape,
    sheet: (body, as) => ({ items: body.subnets.map(as.subnet), next: nextOf(body.subnets_links) }),
    item: (body, as) => as.subnet(body.subnet),
  }),
  router: kind({
    service: 'network',
    path: '/routers',
    pageShape: network.routersShape,
    itemShape: network.routerShape,
    sheet: (body, as) => ({ items: body.routers.map(as.router), next: nextOf(body.routers_links) }),
    item: (body, as) => as.router(body.router),
  }),
  securityGroup: kind({
    service: 'network',
    path: '/security-groups',
    pageShape: network.securityGroupsShape,
    itemShape: network.securityGroupShape,
    sheet: (body, as) => ({
      items: body.security_groups.map(as.securityGroup),
      next: nextOf(body.security_groups_links),
    }),
    item: (body, as) => as.securityGroup(body.security_group),
  }),
  port: kind({
    service: 'network',
    path: '/ports',
    pageShape: network.portsShape,
    itemShape: network.portShape,
    sheet: (body, as) => ({ items: body.ports.map(as.port), next: nextOf(body.ports_links) }),
    item: (body, as) => as.port(body.port),
  }),
  server: kind({
    service: 'compute',
    path: '/servers/detail',
    itemPath: '/servers',
    all: { right: 'servers', query: { all_tenants: '1' } },
    pageShape: compute.serversShape,
    itemShape: compute.serverShape,
    sheet: (body, as) => ({ items: body.servers.map(as.server), next: nextOf(body.servers_links) }),
    item: (body, as) => as.server(body.server),
  }),
  serverGroup: kind({
    service: 'compute',
    path: '/os-server-groups',
    all: { right: 'servers', query: { all_projects: 'true' } },
    pageShape: compute.serverGroupsShape,
    itemShape: compute.serverGroupShape,
    // Pages go by offset, without a link: a full one is not taken for the whole.
    sheet: (body, as) => ({
      items: body.server_groups.map(as.serverGroup),
      next: null,
      truncated: body.server_groups.length >= pageLimit,
    }),
    item: (body, as) => as.serverGroup(body.server_group),
  }),
  volume: kind({
    service: 'volume',
    path: '/volumes/detail',
    itemPath: '/volumes',
    all: { right: 'volumes', query: { all_tenants: '1' } },
    pageShape: volume.volumesShape,
    itemShape: volume.volumeShape,
    sheet: (body, as) => ({ items: body.volumes.map(as.volume), next: nextOf(body.volumes_links) }),
    item: (body, as) => as.volume(body.volume),
  }),
  snapshot: kind({
    service: 'volume',
    path: '/snapshots/detail',
    itemPath: '/snapshots',
    all: { right: 'volumes', query: { all_tenants: '1' } },
    pageShape: volume.snapshotsShape,
    itemShape: volume.snapshotShape,
    sheet: (body, as) => ({ items: body.snapshots.map(as.snapshot), next: nextOf(body.snapshots_links) }),
    item: (body, as) => as.snapshot(body.snapshot),
  }),
  address: kind({
    service: 'network',
    path: '/floatingips',
    pageShape: network.floatingAddressesShape,
    itemShape: network.floatingAddressShape,
    sheet: (body, as) => ({ items: body.floatingips.map(as.address), next: nextOf(body.floatingips_links) }),
    item: (body, as) => as.address(body.floatingip),
  }),
}

async function withSubnets(
  cloud: Cloud,
  as: Observing,
  networks: readonly network.NeutronNetwork[],
  next: string | null,
): Promise<Outcome<Sheet>> {
  if (networks.length === 0) return done({ items: [], next })
  const query = { network_id: networks.map((it) => it.id) }
  const subnets = await cloud.ask({ service: 'network', path: '/subnets', query, project: null }, network.subnetsShape)
  if (!isDone(subnets)) return subnets
  return done({ items: networks.map((it) => as.network(it, subnets.value.subnets)), next })
}

async function withItsSubnets(cloud: Cloud, as: Observing, it: network.NeutronNetwork): Promise<Outcome<Observed>> {
  const query = { network_id: it.id }
  const subnets = await cloud.ask({ service: 'network', path: '/subnets', query, project: null }, network.subnetsShape)
  return isDone(subnets) ? done(as.network(it, subnets.value.subnets)) : subnets
}
