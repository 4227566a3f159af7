import { createHash } from 'node:crypto'
import { type Attempt, done, failure, isDone, type NetworksFacet, type Outcome, type PortRef } from '@yiduo/driver-api'
import { ports } from './collections.ts'
import { cloudName } from './names.ts'
import { make, type NeutronDeps, oneMarked, unbroken } from './neutron.ts'
import { makeOnce, nothingToPrepare } from './once.ts'

type PortAsk = Parameters<NetworksFacet['createPort']>[0]

/** A fence that no slow answer gets round: the hardware address follows from the mark, and Neutron gives each only once in a network. */
export async function createPort(deps: NeutronDeps, ask: PortAsk, attempt: Attempt): Promise<Outcome<PortRef>> {
  const made = await makeOnce({
    thing: `port ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: true,
    look: () => oneMarked(deps, ports, ask.project, ask.mark),
    prepare: nothingToPrepare,
    make: () =>
      make(deps, ports, ask.project, {
        name: cloudName(ask.name),
        description: ask.mark,
        network_id: ask.network.networkId,
        fixed_ips: [{ subnet_id: ask.network.subnetId }],
        mac_address: macAddressOf(ask.mark),
        ...(ask.ruleGroupIds === undefined ? {} : { security_groups: ask.ruleGroupIds }),
      }),
  })
  const port = isDone(made) ? unbroken('port', made.value) : made
  if (!isDone(port)) return port
  const [first] = port.value.fixed_ips
  return first === undefined
    ? failure('permanent', 'cloud-thing-broken', `port ${port.value.id} has no address`)
    : done({ portId: port.value.id, fixedAddress: first.ip_address })
}

/** Local and unicast by its first byte (IEEE 802), as Neutron's own are; forty bits of the mark's hash after it. */
function macAddressOf(mark: string): string {
  const hash = createHash('sha256').update(mark).digest()
  return ['fa', ...[...hash.subarray(0, 5)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
}
