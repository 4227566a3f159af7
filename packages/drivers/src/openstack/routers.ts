import {
  type Attempt,
  done,
  isDone,
  type NetworksFacet,
  type Outcome,
  type ProjectRef,
  type Removal,
} from '@yiduo/driver-api'
import { routers } from './collections.ts'
import type { ExternalNetwork } from './external-network.ts'
import { cloudName } from './names.ts'
import { drop, make, type NeutronDeps, oneMarked, removeMarked, unbroken } from './neutron.ts'
import { makeOnce } from './once.ts'
import { type NeutronRouter, portsShape } from './shapes-network.ts'

interface RoutersDeps extends NeutronDeps {
  readonly externalNetwork: ExternalNetwork
}

type NetworkAsk = Parameters<NetworksFacet['ensure']>[0]

export async function ensureRouter(
  deps: RoutersDeps,
  ask: NetworkAsk,
  attempt: Attempt,
): Promise<Outcome<NeutronRouter>> {
  const found = await makeOnce({
    thing: `router ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    look: () => oneMarked(deps, routers, ask.project, ask.mark),
    prepare: () => deps.externalNetwork.id(),
    async make(external) {
      const fields = {
        name: cloudName(ask.name),
        description: ask.mark,
        external_gateway_info: { network_id: external },
      }
      const made = await make(deps, routers, ask.project, fields)
      deps.externalNetwork.heard(made)
      return made
    },
  })
  return isDone(found) ? unbroken('router', found.value) : found
}

/**
 * Asking is as cheap as looking: a router that has a port on the subnet already refuses a second one. While an earlier
 * call is still making that port, Neutron says of the gateway's address that it is taken; that passes.
 */
export async function ensureInterface(
  { cloud }: RoutersDeps,
  project: ProjectRef,
  routerId: string,
  subnetId: string,
): Promise<Outcome<null>> {
  const path = `/routers/${routerId}/add_router_interface`
  const body = { subnet_id: subnetId }
  const joined = await cloud.act({ service: 'network', method: 'PUT', path, body, project })
  const wasThere = 'words' in joined && /already has a port on subnet/i.test(joined.words)
  if (wasThere) return done(null)
  const underWay = 'words' in joined && /already allocated in subnet/i.test(joined.words)
  return underWay ? { ...joined, outcome: 'transient' } : joined
}

/**
 * Every router with the mark, its interfaces first: Neutron deletes none that is in use. Who knows the network knows
 * that its making has ended, the router's with it; else a call for one may still be under way, and is waited for.
 */
export const removeRouters = (deps: RoutersDeps, what: Removal, { since }: Attempt): Promise<Outcome<null>> =>
  removeMarked(
    deps,
    routers,
    { ...what, externalId: null },
    { since, handle: what.externalId },
    async (id): Promise<Outcome<null>> => {
      const parted = await removeInterfaces(deps, what.project, id)
      return isDone(parted) ? drop(deps, routers, what.project, id) : parted
    },
  )

/**
 * What joins a router to a subnet: alone, highly available, or distributed (neutron_lib ROUTER_INTERFACE_OWNERS).
 * Its gateway's port and those its own copies talk over (`network:router_ha_interface`) go with the router.
 */
const interfaceOwners = [
  'network:router_interface',
  'network:ha_router_replicated_interface',
  'network:router_interface_distributed',
]

async function removeInterfaces({ cloud }: RoutersDeps, project: ProjectRef, routerId: string): Promise<Outcome<null>> {
  const query = { device_id: routerId }
  const ports = await cloud.ask({ service: 'network', path: '/ports', query, project }, portsShape)
  if (!isDone(ports)) return ports
  const interfaces = ports.value.ports.filter((it) => interfaceOwners.includes(it.device_owner ?? ''))
  for (const port of interfaces) {
    const path = `/routers/${routerId}/remove_router_interface`
    const parted = await cloud.act({ service: 'network', method: 'PUT', path, body: { port_id: port.id }, project })
    // A call of ours still in flight may have taken it off just now.
    const gone = 'code' in parted && parted.code === 'cloud-thing-vanished'
    if (!isDone(parted) && !gone) return parted
  }
  return done(null)
}
