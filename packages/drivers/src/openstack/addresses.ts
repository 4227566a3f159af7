import { type AddressesFacet, type AddressRef, type Attempt, done, isDone, type Outcome } from '@yiduo/driver-api'
import { floatingAddresses } from './collections.ts'
import type { ExternalNetwork } from './external-network.ts'
import { make, type NeutronDeps, oneMarked, removeMarked } from './neutron.ts'
import { makeOnce } from './once.ts'

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
    async make() {
      const external = await deps.externalNetwork.id()
      if (!isDone(external)) return external
      const fields = { floating_network_id: external.value, port_id: ask.port.portId, description: ask.mark }
      return make(deps, floatingAddresses, ask.project, fields)
    },
  })
  return isDone(made) ? done({ addressId: made.value.id, address: made.value.floating_ip_address }) : made
}
