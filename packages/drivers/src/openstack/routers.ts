import { type Attempt, done, isDone, type NetworksFacet, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import { routers } from './collections.ts'
import type { ExternalNetwork } from './external-network.ts'
import { cloudName } from './names.ts'
import { allMarked, drop, make, type NeutronDeps, oneMarked } from './neutron.ts'
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
  return makeOnce({
    thing: `router ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    look: () => oneMarked(deps, routers, ask.project, ask.mark),
    async make() {
      const external = await deps.externalNetwork.id()
      if (!isDone(external)) return external
      const fields = {
        name: cloudName(ask.name),
        description: ask.mark,
        external_gateway_info: { network_id: external.value },
      }
      return make(deps, routers, ask.project, fields)
    },
  })
}

/** Asking is as cheap as looking: a router that has a port on the subnet already refuses a second one. */
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
  return wasThere ? done(null) : joined
}

/** Every router with the mark, its interfaces first: Neutron deletes none that is in use. */
export async function removeRouters(deps: RoutersDeps, project: ProjectRef, mark: string): Promise<Outcome<null>> {
  const found = await allMarked(deps, routers, project, mark)
  if (!isDone(found)) return found
  for (const router of found.value) {
    const parted = await removeInterfaces(deps, project, router.id)
    if (!isDone(parted)) return parted
    const dropped = await drop(deps, routers, project, router.id)
    if (!isDone(dropped) && dropped.outcome !== 'absent') return dropped
  }
  return done(null)
}

async function removeInterfaces({ cloud }: RoutersDeps, project: ProjectRef, routerId: string): Promise<Outcome<null>> {
  const query = { device_id: routerId }
  const ports = await cloud.ask({ service: 'network', path: '/ports', query, project }, portsShape)
  if (!isDone(ports)) return ports
  // The gateway's port goes with the router; it is the external network's, and users do not even see it.
  const interfaces = ports.value.ports.filter((it) => it.device_owner?.startsWith('network:router_interface'))
  for (const port of interfaces) {
    const path = `/routers/${routerId}/remove_router_interface`
    const parted = await cloud.act({ service: 'network', method: 'PUT', path, body: { port_id: port.id }, project })
    // A call of ours still in flight may have taken it off just now.
    const gone = 'code' in parted && parted.code === 'cloud-thing-vanished'
    if (!isDone(parted) && !gone) return parted
  }
  return done(null)
}
