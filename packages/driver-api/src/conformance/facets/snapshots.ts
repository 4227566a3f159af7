import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectThat } from '../expect.ts'
import { make, plainName, snapshotRecipe, volumeRecipe } from '../recipe.ts'
import { makingChecks } from './making.ts'
import { attach } from './volumes.ts'

const needs = ['volumes', 'snapshots'] as const

export const snapshotChecks: readonly Check[] = [
  ...makingChecks('snapshot', {
    call: 'snapshots.create',
    title: { 'zh-CN': '云盘快照', en: 'snapshot' },
    needs,
    named: true,
    shared: (world) => world.shared.snapshot(),
    fresh: async (world, name) =>
      snapshotRecipe(world, await world.shared.home(), name, (await world.shared.snapshotVolume()).ref),
    shows: (observed, made) => {
      expectEqual(observed.state, 'active', 'state')
      expectEqual(observed.facts.volumeId, made.ref.volumeId, 'volume')
      expectEqual(observed.facts.sizeGib, made.ref.sizeGib, 'sizeGib')
    },
  }),
  {
    name: 'snapshot.keeps-its-volume',
    says: { 'zh-CN': '仍有快照的云盘不会被删除', en: 'A volume that still has a snapshot is not removed' },
    needs,
    run: async (world) => {
      const { externalId, recipe } = await world.shared.snapshotVolume()
      await world.shared.snapshot()
      const outcome = await world.settle((attempt) => recipe.remove(externalId, attempt))
      expectFailure(outcome, 'removing the volume', { kinds: ['permanent'] })
      const home = await world.shared.home()
      expectDone(await world.settle(() => world.driver.get('volume', externalId, home)), 'get of the volume')
    },
  },
  {
    name: 'snapshot.becomes-a-volume',
    says: { 'zh-CN': '快照可恢复为新云盘,小于快照则拒绝', en: 'A snapshot becomes a volume, never a smaller one' },
    needs,
    run: async (world) => {
      const home = await world.shared.home()
      const large = await make(world, volumeRecipe(world, home, plainName, 2))
      const snapshot = await make(world, snapshotRecipe(world, home, plainName, large.ref))
      const from = { fromSnapshotId: snapshot.externalId }
      const restored = await make(world, volumeRecipe(world, home, plainName, 2, from))
      expectThat(restored.ref.sizeGib >= 2, `asked for 2 GiB, got ${restored.ref.sizeGib}`)
      expectThat(restored.externalId !== large.externalId, 'the restored volume is the old one')
      const outcome = await world.settle(volumeRecipe(world, home, plainName, 1, from).create)
      expectFailure(outcome, 'a volume smaller than the snapshot', { kinds: ['permanent'] })
    },
  },
  {
    name: 'snapshot.of-an-attached-volume',
    says: { 'zh-CN': '挂载中的云盘可创建快照', en: 'A snapshot is taken of an attached volume' },
    needs: [...needs, 'servers', 'networks'],
    run: async (world) => {
      await attach(world)
      const volume = (await world.shared.volume()).ref
      const snapshot = await make(world, snapshotRecipe(world, await world.shared.home(), plainName, volume))
      expectEqual(snapshot.ref.volumeId, volume.volumeId, 'volume')
    },
  },
  {
    name: 'snapshot.reverted-to',
    says: {
      'zh-CN': '云盘可回滚到最新快照,重复回滚也算成功,旧快照拒绝',
      en: 'A volume goes back to its newest snapshot, again is a success, to an older one is refused',
    },
    needs: [...needs, 'snapshotRevert'],
    run: async (world) => {
      const project = await world.shared.home()
      const volume = await make(world, volumeRecipe(world, project, plainName, 1))
      const older = await make(world, snapshotRecipe(world, project, plainName, volume.ref))
      // Cinder tells the newest by whole seconds.
      const { now } = world.target.connection
      const taken = now().getTime()
      await world.until('another second', async () => (now().getTime() - taken > 1_000 ? older : null))
      const newest = await make(world, snapshotRecipe(world, project, plainName, volume.ref))
      const revert = (snapshotId: string) => {
        const ask = { project, volumeId: volume.externalId, snapshotId }
        return world.settle((attempt) => world.driver.snapshots.revert(ask, attempt))
      }
      expectDone(await revert(newest.externalId), 'reverting')
      expectDone(await revert(newest.externalId), 'reverting again')
      expectFailure(await revert(older.externalId), 'reverting to the older one', { kinds: ['permanent'] })
      const seen = expectDone(await world.settle(() => world.driver.get('volume', volume.externalId, project)), 'get')
      expectEqual(seen.state, 'active', 'state of the volume')
    },
  },
]
