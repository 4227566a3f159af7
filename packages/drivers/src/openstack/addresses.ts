import {
  type AddressesFacet,
  type AddressRef,
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
} from '@yiduo/driver-api'
import { floatingAddresses } from './collections.ts'
import type { ExternalNetwork } from './external-network.ts'
import { make, type NeutronDeps, oneMarked, removeMarked, unbroken } from './neutron.ts'
import { makeOnce } from './once.ts'
import type { NeutronFloatingAddress } from './shapes-network.ts'

interface AddressesDeps extends NeutronDeps {
  readonly externalNetwork: ExternalNetwork
}

type AddressAsk = Parameters<AddressesFacet['bind']>[0]

export const createAddressesFacet = (deps: AddressesDeps): AddressesFacet => ({
  bind: (ask, attempt) => bindAddress(deps, ask, attempt),
  release: (what, attempt) => removeMarked(deps, floatingAddresses, what, attempt),
})

/** Allocated and bound in one call; the port is the fence, for Neutron gives its fixed address one floating one. */
async function bindAddress(deps: AddressesDeps, ask: AddressAsk, attempt: Attempt): Promise<Outcome<AddressRef>> {
  const made = await makeOnce({
    thing: `address ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: true,
    look: () => oneMarked(deps, floatingAddresses, ask.project, ask.mark),
    prepare: () => deps.externalNetwork.id(),
    async make(external) {
      const fields = { floating_network_id: external, port_id: ask.port.portId, description: ask.mark }
      const made = await make(deps, floatingAddresses, ask.project, fields)
      deps.externalNetwork.heard(made)
      return made
    },
  })
  if (!isDone(made)) return made
  const bound = await bindFound(deps, ask, made.value)
  return isDone(bound) ? done({ addressId: bound.value.id, address: bound.value.floating_ip_address }) : bound
}

/** One that was adopted may have been let go since, or led elsewhere. */
async function bindFound(
  deps: AddressesDeps,
  { project, port }: AddressAsk,
  found: NeutronFloatingAddress,
): Promise<Outcome<NeutronFloatingAddress>> {
  if (found.port_id === port.portId) return unbroken('address', found)
  if (found.port_id)
    return failure('permanent', 'cloud-conflict', `address ${found.id} is bound to port ${found.port_id}`)
  const path = `${floatingAddresses.path}/${encodeURIComponent(found.id)}`
  const body = { floatingip: { port_id: port.portId } }
  const bound = await deps.cloud.ask(
    { service: 'network', method: 'PUT', path, body, project },
    floatingAddresses.oneShape,
  )
  return isDone(bound) ? unbroken('address', floatingAddresses.one(bound.value)) : bound
}
