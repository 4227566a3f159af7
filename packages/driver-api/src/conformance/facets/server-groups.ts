import type { Check } from '../check.ts'
import { expectEqual, expectFailure, expectThat } from '../expect.ts'
import { make, plainName, serverGroupRecipe, serverRecipe, willRemove } from '../recipe.ts'
import { makingChecks } from './making.ts'
import { freshPort } from './servers.ts'

export const serverGroupChecks: readonly Check[] = [
  ...makingChecks('server-group', {
    call: 'serverGroups.ensure',
    title: { 'zh-CN': '云服务器组', en: 'server group' },
    needs: ['serverGroups'],
    named: true,
    shared: (world) => world.shared.serverGroup(),
    fresh: async (world, name) => serverGroupRecipe(world, await world.shared.home(), name, 'affinity'),
    shows: (observed) => expectEqual(observed.state, 'active', 'state'),
  }),
  {
    name: 'server-group.keeps-apart',
    says: {
      'zh-CN': '反亲和组内的云服务器不在同一宿主机,或因宿主机不足明确告知',
      en: 'Servers of an anti-affinity group are on hosts of their own, or the hosts are told to be too few',
    },
    needs: ['serverGroups', 'servers', 'networks'],
    run: async (world) => {
      const home = await world.shared.home()
      const { serverGroupId } = (await world.shared.serverGroup()).ref
      const recipe = async () => serverRecipe(world, home, plainName, await freshPort(world), { serverGroupId })
      const first = await make(world, await recipe())
      const again = await recipe()
      willRemove(world, again)
      const second = await world.settle(again.create)
      if (second.outcome !== 'done') {
        expectFailure(second, 'a second server of the group', { kinds: ['exhausted'] })
        return
      }
      const hosts = [first.ref.hostName, second.value.hostName]
      // Who is not shown the hosts must take the cloud's word for it.
      expectThat(hosts.includes(null) || hosts[0] !== hosts[1], `both are on ${hosts[0]}`)
    },
  },
]
