import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectGone, expectThat } from '../expect.ts'
import { make, portRecipe, projectRecipe, serverRecipe, volumeRecipe, willRemove } from '../recipe.ts'
import { neighbourQuota } from '../shared.ts'
import type { World } from '../world.ts'
import { makingChecks } from './making.ts'

export const projectChecks: readonly Check[] = [
  ...makingChecks('project', {
    call: 'projects.ensure',
    title: { 'zh-CN': '项目', en: 'project' },
    needs: ['projects'],
    named: true,
    shared: (world) => world.shared.project(),
    fresh: async (world, name) => projectRecipe(world, name, null),
    shows: () => undefined,
  }),
  {
    name: 'project.two-are-apart',
    says: {
      'zh-CN': '两个项目可用同一网段,互不影响',
      en: 'Two projects use one range of addresses and do not touch each other',
    },
    needs: ['projects', 'networks'],
    run: async (world) => {
      const ours = await world.shared.network()
      const theirs = await world.shared.neighbourNetwork()
      const neighbour = (await world.shared.neighbour()).ref
      expectThat(ours.externalId !== theirs.externalId, 'one network serves both projects')
      const seen = expectDone(
        await world.settle(() => world.driver.get('network', theirs.externalId, neighbour)),
        'get',
      )
      expectEqual(seen.projectId, neighbour.projectId, "project of the neighbour's network")
      // Whatever this comes to, a removal stays within the project that it names.
      const { mark } = ours.recipe
      await world.settle((attempt) =>
        world.driver.networks.remove({ mark, project: neighbour, externalId: null }, attempt),
      )
      const home = await world.shared.home()
      expectDone(
        await world.settle(() => world.driver.get('network', ours.externalId, home)),
        'get after a removal elsewhere',
      )
    },
  },
  {
    name: 'project.quota-refuses',
    says: { 'zh-CN': '超出项目配额的申请得到“耗尽”', en: 'What exceeds the quota of a project is answered exhausted' },
    needs: ['projects', 'projectQuotas', 'networks', 'servers'],
    run: async (world) => {
      const project = (await world.shared.neighbour()).ref
      const network = (await world.shared.neighbourNetwork()).ref
      const port = await make(world, portRecipe(world, project, 'conformance quota', network))
      const recipe = serverRecipe(world, project, 'conformance quota', port.ref, { size: world.target.size.large })
      willRemove(world, recipe)
      const outcome = await world.settle(recipe.create)
      expectFailure(outcome, 'a server of more than one vcpu', {
        kinds: ['exhausted'],
        codes: ['cloud-quota-exceeded'],
      })
      expectGone(await world.settle((attempt) => recipe.remove(null, attempt)), 'removing what was refused')
    },
  },
  {
    name: 'project.quota-changed',
    says: {
      'zh-CN': '项目配额调高或调低后即按新配额执行',
      en: 'A quota that is raised or lowered holds from then on',
    },
    needs: ['projects', 'projectQuotas', 'volumes'],
    run: async (world) => {
      const { ref: project } = await world.shared.neighbour()
      const volumes = async (sizeGib: number) => {
        const recipe = volumeRecipe(world, project, 'conformance quota', sizeGib)
        willRemove(world, recipe)
        return world.settle(recipe.create)
      }
      const refused = { kinds: ['exhausted'], codes: ['cloud-quota-exceeded'] } as const
      world.scope.later(() => limitVolumes(world, neighbourQuota.volumeGib))
      await limitVolumes(world, 1)
      expectFailure(await volumes(2), 'a volume of 2 GiB where 1 is allowed', refused)
      await limitVolumes(world, 2)
      expectDone(await volumes(2), 'a volume of 2 GiB where 2 are allowed')
      await limitVolumes(world, 1)
      expectFailure(await volumes(1), 'a volume more where less than what is there is allowed', refused)
    },
  },
]

const limitVolumes = async (world: World, volumeGib: number): Promise<void> => {
  const { recipe, ref } = await world.shared.neighbour()
  const ask = { mark: recipe.mark, name: recipe.name, quota: { ...neighbourQuota, volumeGib } }
  const again = await world.settle(
    (attempt) => world.driver.projects.ensure(ask, attempt),
    world.target.connection.now(),
  )
  expectEqual(
    expectDone(again, `a quota of ${volumeGib} GiB`).projectId,
    ref.projectId,
    'project with the changed quota',
  )
}
