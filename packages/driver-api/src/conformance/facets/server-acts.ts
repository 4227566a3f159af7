import type { ServersFacet } from '../../driver.ts'
import type { Observed } from '../../inventory.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectThat } from '../expect.ts'
import type { World } from '../world.ts'

const needs = ['servers', 'networks', 'serverPower'] as const

/** What is done to a server that stands; the shared one is left running under its own name. */
export const serverActChecks: readonly Check[] = [
  {
    name: 'server.stopped-and-started',
    says: {
      'zh-CN': '云服务器可关机和开机,重复操作也算成功,关机后仍占用原宿主机',
      en: 'A server is stopped and started, again is a success, and stopped it keeps its host',
    },
    needs,
    run: async (world) => {
      // Where it is by now: a resize in between may have moved it.
      const before = expectDone(await setPower(world, 'running'), 'running')
      world.scope.later(async () => void expectDone(await setPower(world, 'running'), 'starting'))
      const stopped = expectDone(await setPower(world, 'stopped'), 'stopping')
      expectEqual((await shown(world)).state, 'stopped', 'state after stopping')
      if (before.hostName !== null) expectEqual(stopped.hostName, before.hostName, 'host of the stopped server')
      expectDone(await setPower(world, 'stopped'), 'stopping again')
      expectFailure(await reboot(world), 'rebooting a stopped server', { kinds: ['permanent'] })
      expectDone(await setPower(world, 'running'), 'starting')
      expectEqual((await shown(world)).state, 'active', 'state after starting')
      expectDone(await setPower(world, 'running'), 'starting again')
    },
  },
  {
    name: 'server.rebooted-once',
    says: {
      'zh-CN': '云服务器可重启,重试不会再次重启',
      en: 'A server reboots, and a repetition does not reboot it again',
    },
    needs,
    run: async (world) => {
      const { servers } = world.driver
      const ask = await target(world)
      const first = await servers.reboot(ask, { since: null, handle: null })
      expectThat(
        first.outcome === 'pending' && first.handle !== null,
        'the first answer gives no handle to repeat with',
      )
      const attempt = { since: world.target.connection.now(), handle: first.handle }
      expectDone(await world.settle(() => servers.reboot(ask, attempt)), 'rebooting')
      const again = await servers.reboot(ask, attempt)
      expectEqual(again.outcome, 'done', 'the same call again')
      expectEqual((await shown(world)).state, 'active', 'state after rebooting')
    },
  },
  {
    name: 'server.power-of-what-is-gone',
    says: {
      'zh-CN': '对已不存在的云服务器开关机,明确告知',
      en: 'Power of a server that is not there is refused as such',
    },
    needs,
    run: async (world) => {
      const project = await world.shared.home()
      const ask = { project, serverId: globalThis.crypto.randomUUID() }
      const gone = { kinds: ['permanent'], codes: ['cloud-thing-vanished'] } as const
      const { servers } = world.driver
      expectFailure(await world.settle((it) => servers.setPower({ ...ask, power: 'stopped' }, it)), 'stopping', gone)
      expectFailure(await world.settle((it) => servers.reboot(ask, it)), 'rebooting', gone)
    },
  },
  {
    name: 'server.rebuilt-once',
    says: {
      'zh-CN': '云服务器可重装系统,编号和地址不变,重试不会再次重装',
      en: 'A server is rebuilt, keeps its id and addresses, and a repetition does not rebuild it again',
    },
    needs: ['servers', 'networks', 'serverRebuild'],
    run: async (world) => {
      const { servers } = world.driver
      const { imageName } = world.target
      const ask = { ...(await target(world)), imageName }
      const first = await servers.rebuild(ask, { since: null, handle: null })
      expectThat(
        first.outcome === 'pending' && first.handle !== null,
        'the first answer gives no handle to repeat with',
      )
      const attempt = { since: world.target.connection.now(), handle: first.handle }
      const before = (await world.shared.server()).ref
      const rebuilt = expectDone(await world.settle(() => servers.rebuild(ask, attempt)), 'rebuilding')
      expectEqual(rebuilt.serverId, before.serverId, 'id')
      expectThat(
        before.addresses.every((it) => rebuilt.addresses.includes(it)),
        'an address is gone',
      )
      expectEqual((await servers.rebuild(ask, attempt)).outcome, 'done', 'the same call again')
      const seen = await shown(world)
      expectEqual(seen.mark, (await world.shared.server()).recipe.mark, 'mark')
      const unknown = { ...ask, imageName: 'yiduo-conformance-no-such-image' }
      const refused = await world.settle((it) => servers.rebuild(unknown, it))
      expectFailure(refused, 'an unknown image', { codes: ['cloud-no-such-image'] })
    },
  },
  {
    name: 'server.console',
    says: {
      'zh-CN': '可打开云服务器控制台,云平台没有控制台服务时明确告知',
      en: 'The console of a server opens, or the cloud is told to run none',
    },
    needs: ['servers', 'networks', 'consoles'],
    run: async (world) => {
      const ask = await target(world)
      const { consoles } = world.driver
      for (const protocol of ['vnc', 'text'] as const) {
        const opened = await world.settle(() => consoles.open({ ...ask, protocol }))
        if (opened.outcome === 'done') expectThat(/^wss?:\/\/./.test(opened.value.url), 'its address is no WebSocket’s')
        else expectFailure(opened, `opening ${protocol}`, { kinds: ['permanent'], codes: ['cloud-unsupported'] })
      }
      const nowhere = { ...ask, serverId: globalThis.crypto.randomUUID(), protocol: 'vnc' } as const
      const gone = await world.settle(() => consoles.open(nowhere))
      expectFailure(gone, 'the console of no server', { kinds: ['permanent'], codes: ['cloud-thing-vanished'] })
    },
  },
  {
    name: 'server.renamed',
    says: { 'zh-CN': '云服务器可改名,标记不变', en: 'A server takes another name and keeps its mark' },
    needs: ['servers', 'networks', 'serverRename'],
    run: async (world) => {
      const { recipe } = await world.shared.server()
      const rename = async (name: string) => {
        const ask = { ...(await target(world)), name }
        expectDone(await world.settle((attempt) => world.driver.servers.rename(ask, attempt)), `to ${name}`)
      }
      world.scope.later(() => rename(recipe.name))
      await rename('改名 renamed')
      const seen = await shown(world)
      expectThat(seen.name.includes('改名 renamed'), `expected the new name, got ${seen.name}`)
      expectEqual(seen.mark, recipe.mark, 'mark')
    },
  },
]

const target = async (world: World) => ({
  project: await world.shared.home(),
  serverId: (await world.shared.server()).externalId,
})

const setPower = async (world: World, power: Parameters<ServersFacet['setPower']>[0]['power']) => {
  const ask = { ...(await target(world)), power }
  return world.settle((attempt) => world.driver.servers.setPower(ask, attempt))
}

const reboot = async (world: World) => {
  const ask = await target(world)
  return world.settle((attempt) => world.driver.servers.reboot(ask, attempt))
}

const shown = async (world: World): Promise<Observed> => {
  const { serverId, project } = await target(world)
  return expectDone(await world.settle(() => world.driver.get('server', serverId, project)), 'get')
}
