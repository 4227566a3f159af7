import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectThat } from '../expect.ts'
import { make, networkRecipe, plainName, portRecipe, willRemove } from '../recipe.ts'
import { sharedCidr } from '../shared.ts'
import type { World } from '../world.ts'
import { makingChecks } from './making.ts'

export const networkChecks: readonly Check[] = [
  ...makingChecks('network', {
    call: 'networks.ensure',
    title: { 'zh-CN': '网络', en: 'network' },
    needs: ['networks'],
    named: true,
    shared: (world) => world.shared.network(),
    fresh: async (world, name) => networkRecipe(world, await world.shared.home(), name, '10.92.0.0/24', false),
    shows: (observed) => {
      if (observed.facts.cidr !== undefined) expectEqual(observed.facts.cidr, sharedCidr, 'cidr')
    },
  }),
  {
    name: 'network.routed-has-a-router',
    says: { 'zh-CN': '要求出口的网络带有路由器', en: 'A network that asks for a way out has a router' },
    needs: ['networks'],
    asks: ['routed'],
    run: async (world) => {
      const { ref } = await world.shared.network()
      expectThat(ref.routerId !== null, 'there is no router')
    },
  },
  {
    name: 'network.both-versions',
    says: { 'zh-CN': '网络可同时使用 IPv4 和 IPv6 地址', en: 'A network holds addresses of both versions' },
    needs: ['networks', 'ipv6'],
    run: async (world) => {
      const home = await world.shared.home()
      const ipv6 = { cidr: '2001:db8:92::/64' }
      const recipe = networkRecipe(world, home, plainName, '10.95.0.0/24', world.target.routed, { ipv6 })
      const network = await make(world, recipe)
      expectThat(network.ref.ipv6SubnetId !== undefined, 'there is no subnet of IPv6')
      const again = expectDone(await world.settle(recipe.create, network.since), 'making it again')
      expectEqual(again.ipv6SubnetId, network.ref.ipv6SubnetId, 'the subnet of IPv6 of the second making')
      const port = await make(world, portRecipe(world, home, plainName, network.ref))
      const { fixedAddress, ipv6Address } = port.ref
      expectThat(fixedAddress.startsWith('10.95.0.'), `the address of IPv4 is ${fixedAddress}`)
      expectThat(ipv6Address?.startsWith('2001:db8:92:') ?? false, `the address of IPv6 is ${ipv6Address}`)
      const seen = expectDone(await world.settle(() => world.driver.get('port', port.externalId, home)), 'get')
      const shown = seen.facts.addresses ?? []
      expectThat(shown.includes(fixedAddress), `${fixedAddress} is not shown`)
      expectThat(shown.includes(ipv6Address ?? ''), `${ipv6Address} is not shown`)
      const wide = expectDone(await world.settle(() => world.driver.get('network', network.externalId, home)), 'get')
      expectEqual(wide.facts.cidr, '10.95.0.0/24', 'cidr')
      expectEqual(wide.facts.ipv6Cidr, ipv6.cidr, 'ipv6Cidr')
    },
  },
  {
    name: 'network.with-a-port-stays',
    says: { 'zh-CN': '仍有端口的网络不会被删除', en: 'A network that still has a port is not removed' },
    needs: ['networks'],
    run: async (world) => {
      const home = await world.shared.home()
      const network = await make(world, networkRecipe(world, home, plainName, '10.93.0.0/24', false))
      const port = await make(world, portRecipe(world, home, plainName, network.ref))
      const outcome = await network.recipe.remove(network.externalId, { since: null, handle: null })
      expectThat(outcome.outcome !== 'done' && outcome.outcome !== 'absent', 'the removal is answered as done')
      expectDone(await world.settle(() => world.driver.get('port', port.externalId, home)), 'get of the port')
      expectDone(await world.settle(() => world.driver.get('network', network.externalId, home)), 'get of the network')
    },
  },
  {
    name: 'network.of-another-installation',
    says: {
      'zh-CN': '带有其他系统标记的资源既不接管也不删除',
      en: "What carries another installation's mark is neither adopted nor removed",
    },
    needs: ['networks'],
    asks: ['stranger'],
    run: async (world) => {
      const { stranger, connection } = world.target
      if (!stranger) return
      const home = await world.shared.home()
      const recipe = networkRecipe(world, home, plainName, '10.94.0.0/24', false)
      // Alike but for the prefix: that alone must keep them apart.
      const mark = stranger.markPrefix + recipe.mark.slice(connection.markPrefix.length)
      const elsewhere: World = { ...world, driver: stranger.driver, mark: () => mark }
      const theirs = await make(elsewhere, networkRecipe(elsewhere, home, plainName, '10.95.0.0/24', false))
      willRemove(world, recipe)
      // As if begun long ago, so that one is looked for.
      const longAgo = new Date(connection.now().getTime() - 86_400_000)
      const made = expectDone(await world.settle(recipe.create, longAgo), 'making ours')
      expectThat(made.networkId !== theirs.externalId, 'their network was adopted as ours')
      const { networks } = world.driver
      const what = { mark: recipe.mark, project: home, externalId: theirs.externalId }
      expectFailure(await world.settle((attempt) => networks.remove(what, attempt)), 'removing theirs by its id')
      const get = () => world.driver.get('network', theirs.externalId, home)
      expectEqual(expectDone(await world.settle(get), 'get of theirs').mark, null, 'mark of theirs as we see it')
    },
  },
  ...makingChecks('port', {
    call: 'networks.createPort',
    title: { 'zh-CN': '端口', en: 'port' },
    needs: ['networks'],
    named: true,
    shared: (world) => world.shared.port(),
    fresh: async (world, name) =>
      portRecipe(world, await world.shared.home(), name, (await world.shared.network()).ref),
    shows: (observed, made) => {
      const { addresses } = observed.facts
      expectThat(made.ref.fixedAddress !== '', 'the port has no fixed address')
      if (addresses) expectThat(addresses.includes(made.ref.fixedAddress), `addresses: ${addresses.join(', ')}`)
    },
  }),
]
