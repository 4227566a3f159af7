import type { Check } from '../check.ts'
import { expectDone, expectThat } from '../expect.ts'
import { addressRecipe, make, plainName, portRecipe } from '../recipe.ts'
import { makingChecks } from './making.ts'

export const addressChecks: readonly Check[] = [
  ...makingChecks('address', {
    call: 'addresses.bind',
    title: { 'zh-CN': '弹性地址', en: 'public address' },
    needs: ['addresses', 'networks'],
    asks: ['routed'],
    named: false,
    shared: (world) => world.shared.address(),
    fresh: async (world, name) => {
      const home = await world.shared.home()
      const port = await make(world, portRecipe(world, home, plainName, (await world.shared.network()).ref))
      return addressRecipe(world, home, name, port.ref)
    },
    shows: (observed, made) => {
      const { addresses } = observed.facts
      expectThat(
        addresses?.includes(made.ref.address) ?? false,
        `${made.ref.address} is not among ${addresses?.join(', ')}`,
      )
    },
  }),
  {
    name: 'address.reaches-the-server',
    says: { 'zh-CN': '绑定的地址显示在云服务器上', en: 'A bound address is shown with its server' },
    needs: ['addresses', 'networks', 'servers'],
    asks: ['routed'],
    run: async (world) => {
      const server = await world.shared.server()
      const { address } = (await world.shared.address()).ref
      const home = await world.shared.home()
      // Some clouds refresh what they show of a server only seconds later.
      await world.until(`${address} with the server`, async () => {
        const seen = expectDone(await world.settle(() => world.driver.get('server', server.externalId, home)), 'get')
        return seen.facts.addresses?.includes(address) ? seen : null
      })
    },
  },
]
