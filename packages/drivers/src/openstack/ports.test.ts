import type { Attempt } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, startLoopbackCloud } from './testing/loopback-cloud.ts'

const network = { networkId: 'net-1', subnetId: 'subnet-1', routerId: 'router-1' }
const askFor = (mark: string) => ({
  mark: `${markPrefix}${mark}`,
  name: 'port',
  project: { projectId: 'p-own' },
  network,
})
const first: Attempt = { since: null, handle: null }

interface Row {
  readonly id: string
  readonly description: unknown
  readonly mac_address: unknown
  readonly network_id: string
  readonly device_id: string
  readonly fixed_ips: readonly unknown[]
}

/** Neutron gives a hardware address only once in a network. `lands` says whether a port is seen by then. */
function servePorts(cloud: LoopbackCloud, shown: () => boolean = () => true): Row[] {
  const rows: Row[] = []
  cloud.on('GET', /\/v2\.0\/ports$/, ({ query }) => ({
    json: { ports: shown() ? rows.filter((it) => it.description === query.get('description')) : [] },
  }))
  cloud.on('POST', /\/v2\.0\/ports$/, ({ at }) => {
    const [mac, description] = [at('port', 'mac_address'), at('port', 'description')]
    const message = `Unable to complete operation for network net-1. The mac address ${mac} is in use.`
    if (rows.some((it) => it.mac_address === mac))
      return { status: 409, json: { NeutronError: { type: 'MacAddressInUse', message } } }
    const fixed_ips = [{ ip_address: `10.1.0.${rows.length + 2}`, subnet_id: 'subnet-1' }]
    rows.push({
      id: `port-${rows.length + 1}`,
      description,
      mac_address: mac,
      network_id: 'net-1',
      device_id: '',
      fixed_ips,
    })
    return { status: 201, json: { port: rows.at(-1) } }
  })
  return rows
}

test('a call still in flight that lands after we looked wins: its port is adopted, no second one is made', async () => {
  await using cloud = await startLoopbackCloud()
  let looks = 0
  // The first port is not seen by the first look, as if it landed between the look and our second call.
  const rows = servePorts(cloud, () => looks++ > 0)
  const { networks } = cloud.driver()
  expect(await networks?.createPort(askFor('port1'), first)).toEqual({ outcome: 'done', value: expect.anything() })
  const again = await networks?.createPort(askFor('port1'), { since: new Date(), handle: null })
  expect(again).toEqual({ outcome: 'done', value: { portId: 'port-1', fixedAddress: '10.1.0.2' } })
  expect(cloud.count('POST', /\/ports$/)).toBe(2)
  expect(rows).toHaveLength(1)
})

test('the hardware address follows from the mark: unicast, local, and another for another mark', async () => {
  await using cloud = await startLoopbackCloud()
  const rows = servePorts(cloud)
  const { networks } = cloud.driver()
  for (const mark of ['port1', 'port2']) await networks?.createPort(askFor(mark), first)
  const addresses = rows.map((it) => String(it.mac_address))
  for (const address of addresses) expect(address).toMatch(/^fa(:[0-9a-f]{2}){5}$/)
  expect(new Set(addresses).size).toBe(2)
})
