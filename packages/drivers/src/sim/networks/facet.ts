import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { done, failure, type NetworksFacet, type PortRef } from '@yiduo/driver-api'
import { type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { noRoom, refused, vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { ensureRules, setPortRules } from './rules.ts'
import { unknownGroup } from './rules-store.ts'
import { findPortPlace, insertPort, upsertNetwork } from './store.ts'

export const createNetworks = (caller: SimCaller): NetworksFacet => ({
  ensure: (ask) =>
    caller.change('networks.ensure', 'networks', async ({ database, cloud, now }) => {
      if (!isRange(ask.cidr)) return refused(`"${ask.cidr}" is no range of addresses`)
      if (ask.routed && cloud.externalRange === null)
        return failure('permanent', 'cloud-no-external-network', 'This cloud has no external network')
      const ipv6Cidr = ipv6CidrOf(ask)
      if (ipv6Cidr !== null && isMissing(cloud, 'ipv6')) return unsupportedHere(cloud, 'ipv6')
      if (ipv6Cidr !== null && (!isRange(ipv6Cidr) || !ipv6Cidr.includes(':') || ask.cidr.includes(':')))
        return refused(`"${ipv6Cidr}" is no range of IPv6 beside "${ask.cidr}"`)
      const wanted = { ...ask, projectId: ask.project.projectId, ipv6Cidr }
      const row = await upsertNetwork(database, cloud.name, wanted, ask.routed, now)
      if (row === null) return vanished('project', ask.project.projectId)
      const ref = { networkId: row.id, subnetId: row.subnetId, routerId: row.routerId }
      return done(row.ipv6SubnetId === null ? ref : { ...ref, ipv6SubnetId: row.ipv6SubnetId })
    }),

  remove: (what) =>
    caller.change('networks.remove', 'networks', (call) =>
      removeNow(call, 'network', { ...what, projectId: what.project.projectId }),
    ),

  createPort: (ask) =>
    caller.change('networks.createPort', 'networks', async ({ database, cloud, now }) => {
      const wanted = { ...ask, projectId: ask.project.projectId, networkId: ask.network.networkId }
      const place = await findPortPlace(database, cloud.name, wanted)
      if (place?.id && place.fixedAddress) return done(portRef(place.id, place.fixedAddress, place.ipv6Address))
      if (!place?.projectFound) return vanished('project', wanted.projectId)
      if (!place.networkFound) return vanished('network', wanted.networkId)
      const strange = await unknownGroup(database, cloud.name, wanted.projectId, ask.ruleGroupIds ?? [])
      if (strange !== null) return vanished('rule group', strange)
      const port = await insertPort(database, cloud.name, wanted, now)
      if (port === null) return noRoom(`No more addresses in network ${wanted.networkId}`)
      return done(portRef(port.id, port.fixedAddress, port.ipv6Address))
    }),

  removePort: (what) =>
    caller.change('networks.removePort', 'networks', (call) =>
      removeNow(call, 'port', { ...what, projectId: what.project.projectId }),
    ),

  ensureRules: (ask) => caller.change('networks.ensureRules', 'networkRules', (call) => ensureRules(call, ask)),
  removeRules: (what) =>
    caller.change('networks.removeRules', 'networkRules', (call) =>
      removeNow(call, 'rule_group', { ...what, projectId: what.project.projectId }),
    ),
  setPortRules: (ask) => caller.change('networks.setPortRules', 'networkRules', (call) => setPortRules(call, ask)),
})

const portRef = (portId: string, fixedAddress: string, ipv6Address: string | null): PortRef =>
  ipv6Address === null ? { portId, fixedAddress } : { portId, fixedAddress, ipv6Address }

/** The pool is of unique local addresses (RFC 4193), its ranges taken by the mark. */
const ipv6CidrOf = ({ mark, ipv6 }: Parameters<NetworksFacet['ensure']>[0]): string | null => {
  if (ipv6 === undefined) return null
  if (ipv6 !== 'from-pool') return ipv6.cidr
  const hash = createHash('sha256').update(mark).digest('hex')
  return `fd${hash.slice(0, 2)}:${hash.slice(2, 6)}:${hash.slice(6, 10)}:${hash.slice(10, 14)}::/64`
}

/** `<address>/<bits>`, with room for a gateway and at least one port. */
const isRange = (cidr: string): boolean => {
  const [address = '', bits = '', ...rest] = cidr.split('/')
  const version = isIP(address)
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 30 : 126)
}
