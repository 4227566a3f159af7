import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectThat } from '../expect.ts'
import { volumeRecipe } from '../recipe.ts'
import type { World } from '../world.ts'
import { makingChecks } from './making.ts'

export const volumeChecks: readonly Check[] = [
  ...makingChecks('volume', {
    call: 'volumes.create',
    title: { 'zh-CN': '云盘', en: 'volume' },
    needs: ['volumes'],
    named: true,
    shared: (world) => world.shared.volume(),
    fresh: async (world, name) => volumeRecipe(world, await world.shared.home(), name, 1),
    shows: (observed, made) => expectEqual(observed.facts.sizeGib, made.ref.sizeGib, 'sizeGib'),
  }),
  {
    name: 'volume.grows-and-never-shrinks',
    says: { 'zh-CN': '云盘可扩容,不会缩小', en: 'A volume grows and never shrinks' },
    needs: ['volumes'],
    run: async (world) => {
      const sizeGib = (await sizeOf(world)) + 1
      const grown = await extend(world, sizeGib)
      expectThat(grown >= sizeGib, `asked for ${sizeGib} GiB, got ${grown}`)
      expectEqual(await extend(world, 1), grown, 'sizeGib after asking for less')
      expectEqual(await sizeOf(world), grown, 'sizeGib as shown')
    },
  },
  {
    name: 'volume.renamed',
    says: { 'zh-CN': '云盘可改名,标记不变', en: 'A volume takes another name and keeps its mark' },
    needs: ['volumes', 'volumeRename'],
    run: async (world) => {
      const { recipe, externalId } = await world.shared.volume()
      const project = await world.shared.home()
      const rename = async (name: string) => {
        const ask = { project, volumeId: externalId, name }
        expectDone(await world.settle((attempt) => world.driver.volumes.rename(ask, attempt)), `to ${name}`)
      }
      world.scope.later(() => rename(recipe.name))
      await rename('改名 renamed')
      const seen = expectDone(await world.settle(() => world.driver.get('volume', externalId, project)), 'get')
      expectThat(seen.name.includes('改名 renamed'), `expected the new name, got ${seen.name}`)
      expectEqual(seen.mark, recipe.mark, 'mark')
    },
  },
  {
    name: 'volume.attached',
    says: {
      'zh-CN': '云盘可挂载到云服务器,重复挂载也算成功',
      en: 'A volume is attached to a server; again is a success',
    },
    needs: ['volumes', 'servers', 'networks'],
    run: async (world) => {
      await attach(world)
      await attach(world)
      const { externalId } = await world.shared.volume()
      const server = await world.shared.server()
      const home = await world.shared.home()
      const volume = expectDone(await world.settle(() => world.driver.get('volume', externalId, home)), 'get')
      expectEqual(volume.facts.serverId, server.externalId, 'server of the volume')
    },
  },
  {
    name: 'volume.attached-grows',
    says: { 'zh-CN': '挂载中的云盘可在线扩容', en: 'An attached volume grows' },
    needs: ['volumes', 'volumeExtendAttached', 'servers', 'networks'],
    run: async (world) => {
      await attach(world)
      const sizeGib = (await sizeOf(world)) + 1
      const grown = await extend(world, sizeGib)
      expectThat(grown >= sizeGib, `asked for ${sizeGib} GiB, got ${grown}`)
      expectEqual(await sizeOf(world), grown, 'sizeGib as shown')
    },
  },
  {
    name: 'volume.detached',
    says: { 'zh-CN': '云盘可卸载,重复卸载也算成功', en: 'A volume is detached; again is a success' },
    needs: ['volumes', 'servers', 'networks'],
    run: async (world) => {
      await attach(world)
      await detach(world)
      await detach(world)
      const { externalId } = await world.shared.volume()
      const home = await world.shared.home()
      const volume = expectDone(await world.settle(() => world.driver.get('volume', externalId, home)), 'get')
      expectEqual(volume.facts.serverId, undefined, 'server of the volume')
    },
  },
]

const sizeOf = async (world: World): Promise<number> => {
  const { externalId } = await world.shared.volume()
  const home = await world.shared.home()
  const volume = expectDone(await world.settle(() => world.driver.get('volume', externalId, home)), 'get')
  expectThat(volume.facts.sizeGib !== undefined, 'the volume shows no size')
  return volume.facts.sizeGib
}

const extend = async (world: World, sizeGib: number): Promise<number> => {
  const ask = { project: await world.shared.home(), volumeId: (await world.shared.volume()).externalId, sizeGib }
  return expectDone(await world.settle((attempt) => world.driver.volumes.extend(ask, attempt)), `to ${sizeGib} GiB`)
    .sizeGib
}

const attachmentOf = async (world: World) => ({
  project: await world.shared.home(),
  volumeId: (await world.shared.volume()).externalId,
  serverId: (await world.shared.server()).externalId,
})

export const attach = async (world: World): Promise<void> => {
  const ask = await attachmentOf(world)
  world.shared.lasting().scope.later(() => detach(world))
  expectDone(await world.settle((attempt) => world.driver.volumes.attach(ask, attempt)), 'attaching')
}

const detach = async (world: World): Promise<void> => {
  const ask = await attachmentOf(world)
  expectDone(await world.settle((attempt) => world.driver.volumes.detach(ask, attempt)), 'detaching')
}
