import { type AddressesFacet, type AddressRef, done, failure, type Outcome } from '@yiduo/driver-api'
import type { SimCall, SimCaller } from '../call.ts'
import { quotaRefusal } from '../quotas/refusal.ts'
import { conflict, noRoom, refused, vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { type BindingFacts, bindAgain, bindingFacts, insertAddress } from './store.ts'

type Ask = Parameters<AddressesFacet['bind']>[0]

export const createAddresses = (caller: SimCaller): AddressesFacet => ({
  bind: (ask) => caller.change('addresses.bind', 'addresses', (call) => bind(call, ask)),
  release: (what) =>
    caller.change('addresses.release', 'addresses', (call) =>
      removeNow(call, 'address', { ...what, projectId: what.project.projectId }),
    ),
})

const bind = async (call: SimCall, ask: Ask): Promise<Outcome<AddressRef>> => {
  const { database, cloud, now } = call
  const wanted = { ...ask, projectId: ask.project.projectId, portId: ask.port.portId }
  const facts = await bindingFacts(database, cloud.name, wanted)
  if (facts?.id && facts.address && facts.boundTo === wanted.portId)
    return done({ addressId: facts.id, address: facts.address })
  const refusal = bindingRefusal(call, facts, wanted)
  if (refusal) return refusal
  const bound = facts?.id
    ? await bindAgain(database, cloud.name, facts.id, wanted.portId)
    : await insertAddress(database, cloud.name, wanted, now)
  if (bound === null) return noRoom(`No more addresses in ${cloud.externalRange}`)
  return done({ addressId: bound.id, address: bound.address })
}

const bindingRefusal = (
  { cloud }: SimCall,
  facts: BindingFacts | null,
  wanted: { readonly projectId: string; readonly portId: string },
) => {
  if (cloud.externalRange === null)
    return failure('permanent', 'cloud-no-external-network', 'This cloud has no external network')
  if (!facts?.projectId) return vanished('project', wanted.projectId)
  if (facts.portId === null) return vanished('port', wanted.portId)
  if (facts.boundTo !== null) return conflict(`The address is bound to port ${facts.boundTo}`)
  if (facts.otherAddress !== null) return conflict(`The port has the address ${facts.otherAddress} already`)
  if (!facts.routed) return refused('The external network is not reachable from the network of this port')
  return facts.id ? null : quotaRefusal(facts.quota, facts.used, { addresses: 1 })
}
