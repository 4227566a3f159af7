import { longestUserData } from '../../driver.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectGone, expectThat } from '../expect.ts'
import { make, plainName, serverRecipe, willRemove } from '../recipe.ts'
import type { World } from '../world.ts'
import { freshPort } from './servers.ts'

const needs = ['servers', 'networks'] as const

/** Of nobody: its private half was never kept. */
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKtuHUXjWwUGSYrpv4dJSjCYiJ2UgQpE0JZD2Xjx0wPE conformance'

export const serverOptionChecks: readonly Check[] = [
  {
    name: 'server.boots-from-volume',
    says: {
      'zh-CN': '云服务器可从云盘启动,系统盘随云服务器删除',
      en: 'A server boots from a volume, which goes with it',
    },
    needs: [...needs, 'volumes', 'bootFromVolume'],
    run: async (world) => {
      const home = await world.shared.home()
      const size = { ...world.target.size.small, diskGib: world.target.size.small.diskGib + 1 }
      const recipe = serverRecipe(world, home, plainName, await freshPort(world), { size, systemDisk: 'volume' })
      const server = await make(world, recipe)
      expectEqual(server.ref.size.diskGib, size.diskGib, 'size of the system disk')
      const its = async () => (await world.listed('volume')).filter((it) => it.facts.serverId === server.externalId)
      const [disk, ...more] = await its()
      expectThat(disk !== undefined && more.length === 0, 'the server has not exactly one volume')
      expectEqual(disk.facts.sizeGib, size.diskGib, 'sizeGib of the volume')
      expectGone(await world.settle((attempt) => recipe.remove(null, attempt)), 'removing the server')
      await world.until('the end of the system disk', async () => {
        const seen = await world.settle(() => world.driver.get('volume', disk.externalId, home))
        return seen.outcome === 'absent' ? seen : null
      })
    },
  },
  {
    name: 'server.first-start',
    says: {
      'zh-CN': '云服务器可带公钥、初始化数据和可用区新建',
      en: 'A server takes a public key, user data and a zone for its first start',
    },
    needs: [...needs, 'publicKeys', 'userData', 'zones'],
    run: async (world) => {
      const zone = await zoneOf(world)
      const options = { publicKey, userData: '#cloud-config\n# 初始化\n', ...(zone === undefined ? {} : { zone }) }
      const home = await world.shared.home()
      const server = await make(world, serverRecipe(world, home, plainName, await freshPort(world), options))
      const seen = expectDone(await world.settle(() => world.driver.get('server', server.externalId, home)), 'get')
      if (zone !== undefined) expectEqual(seen.facts.zone, zone, 'zone')
    },
  },
  {
    name: 'server.strange-options',
    says: {
      'zh-CN': '无效公钥、过长的初始化数据、不存在的可用区均被拒绝',
      en: 'A wrong public key, user data too long and an unknown zone are refused',
    },
    needs: [...needs, 'publicKeys', 'userData', 'zones'],
    run: async (world) => {
      const port = await freshPort(world)
      const home = await world.shared.home()
      for (const options of [
        { publicKey: 'no key at all' },
        { userData: 'x'.repeat(longestUserData) },
        { zone: 'yiduo-conformance-no-such-zone' },
      ]) {
        const recipe = serverRecipe(world, home, plainName, port, options)
        willRemove(world, recipe)
        const what = Object.keys(options).join()
        expectFailure(await world.settle(recipe.create), what, { kinds: ['permanent'] })
        expectEqual((await world.marked('server', recipe.mark)).length, 0, `servers with a wrong ${what}`)
      }
    },
  },
  {
    name: 'server.size-of-its-own',
    says: { 'zh-CN': '没有相同规格时按所需大小新建规格', en: 'A size that no flavour has is made one' },
    needs: [...needs, 'flavours', 'privateFlavours'],
    run: async (world) => {
      const { small } = world.target.size
      const size = { ...small, memoryMib: small.memoryMib + 64 }
      const recipe = serverRecipe(world, await world.shared.home(), plainName, await freshPort(world), { size })
      const { vcpus, memoryMib, diskGib } = (await make(world, recipe)).ref.size
      expectEqual(vcpus, size.vcpus, 'vcpus')
      expectEqual(memoryMib, size.memoryMib, 'memoryMib')
      expectEqual(diskGib, size.diskGib, 'diskGib')
    },
  },
]

/** One that has a host; undefined where hosts are not shown. */
const zoneOf = async (world: World): Promise<string | undefined> =>
  world.sees('host') ? (await world.listed('host')).find((it) => it.facts.zone !== undefined)?.facts.zone : undefined
