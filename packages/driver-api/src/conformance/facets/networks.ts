import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectThat } from '../expect.ts'
import { make, networkRecipe, plainName, portRecipe } from '../recipe.ts'
import { sharedCidr } from '../shared.ts'
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
