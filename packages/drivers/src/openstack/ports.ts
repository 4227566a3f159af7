import { createHash } from 'node:crypto'
import { type Attempt, done, failure, isDone, type NetworksFacet, type Outcome, type PortRef } from '@yiduo/driver-api'
import { ports } from './collections.ts'
import { cloudName } from './names.ts'
import { make, type NeutronDeps, oneMarked, unbroken } from './neutron.ts'
import { makeOnce, nothingToPrepare } from './once.ts'

type PortAsk = Parameters<NetworksFacet['createPort']>[0]

/** A fence that no slow answer gets round: the hardware address follows from the mark, and Neutron gives each only once in a network. */
export async function createPort(deps: NeutronDeps, ask: PortAsk, attempt: Attempt): Promise<Outcome<PortRef>> {
  const { subnetId, ipv6SubnetId } = ask.network
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
        fixed_ips: [subnetId, ...(ipv6SubnetId === undefined ? [] : [ipv6SubnetId])].map((it) => ({ subnet_id: it })),
        mac_address: macAddressOf(ask.mark),
        ...(ask.ruleGroupIds === undefined ? {} : { security_groups: ask.ruleGroupIds }),
      }),
  })
  const port = isDone(made) ? unbroken('port', made.value) : made
  if (!isDone(port)) return port
  const { id, fixed_ips } = port.value
  const first = fixed_ips.find((it) => it.subnet_id === subnetId) ?? fixed_ips[0]
  if (first === undefined) return failure('permanent', 'cloud-thing-broken', `port ${id} has no address`)
  const second = fixed_ips.find((it) => it.subnet_id === ipv6SubnetId)
  const ref = { portId: id, fixedAddress: first.ip_address }
  return done(second === undefined ? ref : { ...ref, ipv6Address: second.ip_address })
}

/** Local and unicast by its first byte (IEEE 802), as Neutron's own are; forty bits of the mark's hash after it. */
function macAddressOf(mark: string): string {
  const hash = createHash('sha256').update(mark).digest()
  return ['fa', ...[...hash.subarray(0, 5)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
}
