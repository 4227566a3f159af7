import type { ProjectQuota, ProjectRef } from '../driver.ts'
import type { NetworkRule } from '../network-rule.ts'
import { expectThat } from './expect.ts'
import {
  addressRecipe,
  make,
  networkRecipe,
  plainName,
  portRecipe,
  projectRecipe,
  ruleGroupRecipe,
  serverGroupRecipe,
  serverRecipe,
  snapshotRecipe,
  volumeRecipe,
} from './recipe.ts'
import type { Shared, World } from './world.ts'

export const sharedCidr = '10.91.0.0/24'

export const sharedRules: readonly NetworkRule[] = [
  { direction: 'ingress', version: 4, protocol: 'tcp', ports: { from: 443, to: 443 }, cidr: '10.0.0.0/8' },
  { direction: 'egress', version: 4, protocol: null, ports: null, cidr: null },
]

export const createShared = (world: () => World): Shared => {
  const shared: Shared = {
    lasting: world,
    home: lazy(() => homeOf(world())),
    project: lazy(() => make(world(), projectRecipe(world(), plainName, null))),
    network: lazy(async () =>
      make(world(), networkRecipe(world(), await shared.home(), plainName, sharedCidr, world().target.routed)),
    ),
    port: lazy(async () =>
      make(world(), portRecipe(world(), await shared.home(), plainName, (await shared.network()).ref)),
    ),
    ruleGroup: lazy(async () => make(world(), ruleGroupRecipe(world(), await shared.home(), plainName, sharedRules))),
    server: lazy(async () =>
      make(world(), serverRecipe(world(), await shared.home(), plainName, (await shared.port()).ref)),
    ),
    volume: lazy(async () => make(world(), volumeRecipe(world(), await shared.home(), plainName, 1))),
    serverGroup: lazy(async () =>
      make(world(), serverGroupRecipe(world(), await shared.home(), plainName, 'anti-affinity')),
    ),
    snapshotVolume: lazy(async () => make(world(), volumeRecipe(world(), await shared.home(), plainName, 1))),
    snapshot: lazy(async () =>
      make(world(), snapshotRecipe(world(), await shared.home(), plainName, (await shared.snapshotVolume()).ref)),
    ),
    address: lazy(async () =>
      make(world(), addressRecipe(world(), await shared.home(), plainName, (await shared.port()).ref)),
    ),
    neighbour: lazy(() => make(world(), projectRecipe(world(), plainName, quotaOfNeighbour(world())))),
    neighbourNetwork: lazy(async () =>
      make(world(), networkRecipe(world(), (await shared.neighbour()).ref, plainName, sharedCidr, false)),
    ),
  }
  return shared
}

const homeOf = async (world: World): Promise<ProjectRef> => {
  if (world.capabilities.projects.supported) return (await world.shared.project()).ref
  if (world.target.project) return world.target.project
  const [first] = await world.listed('project')
  expectThat(first !== undefined, 'no project is given and none is listed')
  return { projectId: first.externalId }
}

export const neighbourQuota: ProjectQuota = {
  vcpus: 1,
  memoryMib: 1_048_576,
  servers: 10,
  volumeGib: 100,
  volumes: 10,
  addresses: 10,
}

const quotaOfNeighbour = (world: World) => (world.capabilities.projectQuotas.supported ? neighbourQuota : null)

/** A making that failed is not tried again: every check that needs it fails with the same words. */
const lazy = <T>(makeIt: () => Promise<T>): (() => Promise<T>) => {
  let it: Promise<T> | null = null
  return () => {
    it ??= makeIt()
    return it
  }
}
