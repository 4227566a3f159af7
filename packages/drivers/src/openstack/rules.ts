import {
  type Attempt,
  done,
  failure,
  isDone,
  type NetworkRule,
  type NetworksFacet,
  type Outcome,
  type ProjectRef,
  type RuleGroupRef,
  textOfRule,
} from '@yiduo/driver-api'
import { securityGroups } from './collections.ts'
import { cloudName } from './names.ts'
import { make, type NeutronDeps, oneMarked, read } from './neutron.ts'
import { makeOnce, nothingToPrepare } from './once.ts'
import type { NeutronSecurityGroup, NeutronSecurityRule } from './shapes-network.ts'

type RulesAsk = Parameters<NetworksFacet['ensureRules']>[0]

export async function ensureRules(deps: NeutronDeps, ask: RulesAsk, attempt: Attempt): Promise<Outcome<RuleGroupRef>> {
  const strange = ask.rules.find((it) => it.ports !== null && it.protocol !== 'tcp' && it.protocol !== 'udp')
  if (strange)
    return failure('permanent', 'cloud-request-refused', `only tcp and udp have ports: ${textOfRule(strange)}`)
  const made = await makeOnce({
    thing: `security group ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    look: () => oneMarked(deps, securityGroups, ask.project, ask.mark),
    prepare: nothingToPrepare,
    make: () => make(deps, securityGroups, ask.project, { name: cloudName(ask.name), description: ask.mark }),
  })
  if (!isDone(made)) return made
  const group = await read(deps, securityGroups, ask.project, made.value.id)
  if (!isDone(group)) return group
  const corrected = await correct(deps, ask, group.value)
  return isDone(corrected) ? done({ ruleGroupId: group.value.id }) : corrected
}

/** First what lacks, then what is too much: what both sets let through is never cut. */
async function correct(deps: NeutronDeps, ask: RulesAsk, group: NeutronSecurityGroup): Promise<Outcome<null>> {
  const there = new Map((group.security_group_rules ?? []).map((it) => [textOfSecurityRule(it), it.id]))
  const wanted = new Map(ask.rules.map((it) => [textOfRule(it), it]))
  for (const [text, rule] of wanted) {
    if (there.has(text)) continue
    const added = await addRule(deps, ask.project, group.id, rule)
    if (!isDone(added)) return added
  }
  for (const it of group.security_group_rules ?? []) {
    const text = textOfSecurityRule(it)
    // Of two that say the same one goes as well.
    if (wanted.has(text) && there.get(text) === it.id) continue
    const path = `/security-group-rules/${encodeURIComponent(it.id)}`
    const dropped = await deps.cloud.act({ service: 'network', method: 'DELETE', path, project: ask.project })
    if (!isDone(dropped) && dropped.outcome !== 'absent') return dropped
  }
  return done(null)
}

async function addRule(
  { cloud }: NeutronDeps,
  project: ProjectRef,
  groupId: string,
  { direction, version, protocol, ports, cidr }: NetworkRule,
): Promise<Outcome<null>> {
  const rule = {
    security_group_id: groupId,
    direction,
    ethertype: `IPv${version}`,
    protocol: version === 6 && protocol === 'icmp' ? 'ipv6-icmp' : protocol,
    ...(ports === null ? {} : { port_range_min: ports.from, port_range_max: ports.to }),
    ...(cidr === null ? {} : { remote_ip_prefix: cidr }),
  }
  const body = { security_group_rule: rule }
  const added = await cloud.act({ service: 'network', method: 'POST', path: '/security-group-rules', body, project })
  const isThere = 'words' in added && added.code === 'cloud-conflict' && /already exists/i.test(added.words)
  return isThere ? done(null) : added
}

const protocols: Readonly<Record<string, NetworkRule['protocol']>> = {
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
  icmpv6: 'icmp',
  'ipv6-icmp': 'icmp',
  '58': 'icmp',
}

/** As `textOfRule` says ours; one that we could not have asked for says what is strange about it. */
export function textOfSecurityRule(it: NeutronSecurityRule): string {
  const protocol = it.protocol ? protocols[it.protocol] : null
  const min = it.port_range_min ?? null
  const strange = it.remote_group_id ?? it.remote_address_group_id ?? (protocol === undefined ? it.protocol : null)
  const text = textOfRule({
    direction: it.direction === 'egress' ? 'egress' : 'ingress',
    version: it.ethertype === 'IPv6' ? 6 : 4,
    protocol: protocol ?? null,
    ports: min === null ? null : { from: min, to: it.port_range_max ?? min },
    cidr: it.remote_ip_prefix ?? null,
  })
  return strange ? `${text} ${strange}` : text
}

export const setPortRules = (
  { cloud }: NeutronDeps,
  { project, portId, ruleGroupIds }: Parameters<NetworksFacet['setPortRules']>[0],
): Promise<Outcome<null>> => {
  const body = { port: { security_groups: ruleGroupIds } }
  return cloud.act({ service: 'network', method: 'PUT', path: `/ports/${encodeURIComponent(portId)}`, body, project })
}
