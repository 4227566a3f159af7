import type { NetworkRule } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}r1`
const first = { since: null, handle: null }
const again = () => ({ since: new Date(), handle: null })
const https: NetworkRule = {
  direction: 'ingress',
  version: 4,
  protocol: 'tcp',
  ports: { from: 443, to: 443 },
  cidr: '10.0.0.0/8',
}
const ping: NetworkRule = { direction: 'ingress', version: 6, protocol: 'icmp', ports: null, cidr: null }

/** Neutron's groups: a new one lets everything out, as Neutron's do. */
function serveGroups(cloud: LoopbackCloud) {
  const rules: Record<string, unknown>[] = ['IPv4', 'IPv6'].map((ethertype) => ({
    id: `out-${ethertype}`,
    direction: 'egress',
    ethertype,
  }))
  const order: string[] = []
  const groups: Record<string, unknown>[] = []
  cloud.on('GET', /\/security-groups$/, () => ({ json: { security_groups: groups } }))
  cloud.on('GET', /\/security-groups\/g-1$/, () => ({
    json: { security_group: { ...groups[0], security_group_rules: rules } },
  }))
  cloud.on('POST', /\/security-groups$/, ({ at }) => {
    groups.push({ id: 'g-1', description: at('security_group', 'description') })
    return { status: 201, json: { security_group: groups[0] } }
  })
  cloud.on('POST', /\/security-group-rules$/, ({ at }) => {
    const id = `rule-${rules.length}`
    rules.push({ ...Object(at('security_group_rule')), id })
    order.push(`+${id}`)
    return { status: 201, json: {} }
  })
  cloud.on('DELETE', /\/security-group-rules\/.+$/, ({ path }) => {
    const id = path.split('/').at(-1) ?? ''
    rules.splice(
      rules.findIndex((it) => it.id === id),
      1,
    )
    order.push(`-${id}`)
    return { status: 204 }
  })
  return { rules, order }
}

test('a group holds the rules asked for and no others, what lacks first, and nothing is done twice', async () => {
  await using cloud = await startLoopbackCloud()
  const { rules, order } = serveGroups(cloud)
  const { networks } = cloud.driver()
  const ask = { mark, name: 'web', project, rules: [https, ping] }
  expect(await networks.ensureRules(ask, first)).toEqual({ outcome: 'done', value: { ruleGroupId: 'g-1' } })
  expect(order).toEqual(['+rule-2', '+rule-3', '-out-IPv4', '-out-IPv6'])
  expect(rules.at(-1)).toMatchObject({ ethertype: 'IPv6', protocol: 'ipv6-icmp' })
  expect((await networks.ensureRules(ask, again())).outcome).toBe('done')
  expect(order).toHaveLength(4)
})

test('a rule that we cannot say, or that is said twice, goes', async () => {
  await using cloud = await startLoopbackCloud()
  const { rules } = serveGroups(cloud)
  const { networks } = cloud.driver()
  const ask = { mark, name: 'web', project, rules: [https] }
  await networks.ensureRules(ask, first)
  const known = { direction: 'ingress', ethertype: 'IPv4', protocol: '6', port_range_min: 443, port_range_max: 443 }
  rules.push({ ...known, id: 'twice', remote_ip_prefix: '10.0.0.0/8' })
  rules.push({ ...known, id: 'of-a-group', remote_group_id: 'g-2' })
  await networks.ensureRules(ask, again())
  expect(rules).toHaveLength(1)
  expect(rules[0]).toMatchObject({ port_range_min: 443, remote_ip_prefix: '10.0.0.0/8' })
})

test('ports of what has none are refused before a group is made', async () => {
  await using cloud = await startLoopbackCloud()
  serveGroups(cloud)
  const rules = [{ ...ping, ports: { from: 1, to: 2 } }]
  const refused = await cloud.driver().networks.ensureRules({ mark, name: 'web', project, rules }, first)
  expect(refused).toMatchObject({ outcome: 'permanent', code: 'cloud-request-refused' })
  expect(cloud.count('POST', /security/)).toBe(0)
})
