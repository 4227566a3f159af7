import type { ServerSize } from '../../driver.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectThat } from '../expect.ts'
import { make, plainName, portRecipe, serverRecipe, willRemove } from '../recipe.ts'
import type { World } from '../world.ts'
import { makingChecks } from './making.ts'

const needs = ['servers', 'networks'] as const

export const serverChecks: readonly Check[] = [
  ...makingChecks('server', {
    call: 'servers.create',
    title: { 'zh-CN': '云服务器', en: 'server' },
    needs,
    named: true,
    shared: (world) => world.shared.server(),
    fresh: async (world, name) => serverRecipe(world, await world.shared.home(), name, await freshPort(world)),
    shows: (observed, made, { target }) => {
      expectEqual(observed.state, 'active', 'state')
      expectEqual(observed.facts.vcpus, made.ref.size.vcpus, 'vcpus')
      expectEqual(observed.facts.memoryMib, made.ref.size.memoryMib, 'memoryMib')
      expectThat(
        fits(made.ref.size, target.size.small),
        `asked for ${words(target.size.small)}, got ${words(made.ref.size)}`,
      )
    },
  }),
  {
    name: 'server.one-on-a-port',
    says: { 'zh-CN': '一个端口只能有一台云服务器', en: 'A port has one server: a second one is refused' },
    needs,
    run: async (world) => {
      const first = await world.shared.server()
      const port = (await world.shared.port()).ref
      const second = serverRecipe(world, await world.shared.home(), 'conformance second', port)
      willRemove(world, second)
      const outcome = await world.settle(second.create)
      if (outcome.outcome === 'done') expectEqual(outcome.value.serverId, first.externalId, 'server on the port')
      else expectFailure(outcome, 'a second server on the port', { kinds: ['permanent'] })
      expectEqual((await world.marked('server', second.mark)).length, 0, 'servers with the second mark')
    },
  },
  {
    name: 'server.unknown-image',
    says: { 'zh-CN': '镜像不存在时明确告知', en: 'An image that is not there is named as the cause' },
    needs,
    run: async (world) => {
      const port = await freshPort(world)
      const imageName = 'yiduo-conformance-no-such-image'
      const recipe = serverRecipe(world, await world.shared.home(), plainName, port, { imageName })
      willRemove(world, recipe)
      expectFailure(await world.settle(recipe.create), 'creation', { codes: ['cloud-no-such-image'] })
    },
  },
  {
    name: 'server.resized-up-and-down',
    says: { 'zh-CN': '云服务器可升配,再降回原规格', en: 'A server is resized up and back down' },
    needs: [...needs, 'serverResize'],
    run: async (world) => {
      const { large, small } = world.target.size
      const before = (await world.shared.server()).ref.size
      // Back down it goes whatever happens: other checks share this server.
      world.scope.later(async () => void expectDone(await resize(world, small), 'resizing down'))
      const up = expectDone(await resize(world, large), 'resizing up').size
      expectThat(fits(up, large), `asked for ${words(large)}, got ${words(up)}`)
      expectEqual(words(await sizeShown(world)), words(up), 'size as shown')
      expectEqual(words(expectDone(await resize(world, large), 'the same size again').size), words(up), 'size')
      const down = expectDone(await resize(world, small), 'resizing down').size
      expectEqual(words(down), words(before), 'size after resizing down')
    },
  },
  {
    name: 'server.no-fitting-size-changes-nothing',
    says: {
      'zh-CN': '没有合适规格时拒绝变配,云服务器保持原样',
      en: 'A size that does not fit is refused and the server stays as it was',
    },
    needs: [...needs, 'serverResize'],
    run: async (world) => {
      const before = await sizeShown(world)
      const size = { ...world.target.size.large, vcpus: 100_000, memoryMib: 1_000_000_000 }
      expectFailure(await resize(world, size), 'resizing to 100,000 vcpus', { kinds: ['permanent', 'exhausted'] })
      expectEqual(words(await sizeShown(world)), words(before), 'size as shown')
    },
  },
]

export const freshPort = async (world: World) =>
  (await make(world, portRecipe(world, await world.shared.home(), plainName, (await world.shared.network()).ref))).ref

const resize = async (world: World, size: ServerSize) => {
  const ask = { project: await world.shared.home(), serverId: (await world.shared.server()).externalId, size }
  return world.settle((attempt) => world.driver.servers.resize(ask, attempt))
}

/** Of a server that is running and not half way to another size. */
const sizeShown = async (world: World): Promise<ServerSize> => {
  const { externalId } = await world.shared.server()
  const home = await world.shared.home()
  const seen = expectDone(await world.settle(() => world.driver.get('server', externalId, home)), 'get')
  expectEqual(seen.state, 'active', 'state')
  const { vcpus = 0, memoryMib = 0, diskGib = 0 } = seen.facts
  return { vcpus, memoryMib, diskGib }
}

const fits = (size: ServerSize, asked: ServerSize): boolean =>
  size.vcpus >= asked.vcpus && size.memoryMib >= asked.memoryMib && size.diskGib >= asked.diskGib

const words = ({ vcpus, memoryMib }: ServerSize): string => `${vcpus} vcpus with ${memoryMib} MiB`
