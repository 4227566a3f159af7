import type {
  AddressRef,
  NetworkRef,
  PortRef,
  ProjectQuota,
  ProjectRef,
  RuleGroupRef,
  ServerGroupPolicy,
  ServerGroupRef,
  ServerOptions,
  ServerRef,
  ServerSize,
  SnapshotRef,
  VolumeRef,
} from '../driver.ts'
import type { NetworkRule } from '../network-rule.ts'
import { expectDone, expectGone } from './expect.ts'
import type { Made, Recipe } from './made.ts'
import type { World } from './world.ts'

/** Makes the thing. Its removal is arranged before the first call, for one that failed half way must go as well. */
export const make = async <T>(world: World, recipe: Recipe<T>): Promise<Made<T>> => {
  const since = world.target.connection.now()
  willRemove(world, recipe)
  const ref = expectDone(await world.settle(recipe.create), `making the ${recipe.kind}`)
  return { recipe, ref, externalId: recipe.idOf(ref), since }
}

/** By the mark alone: what a crash left us without an id must be removable. */
export const willRemove = <T>(world: World, recipe: Recipe<T>): void =>
  world.scope.later(async () =>
    expectGone(await world.settle((attempt) => recipe.remove(null, attempt)), `removing the ${recipe.kind}`),
  )

export const plainName = 'conformance'

export const projectRecipe = (world: World, name: string, quota: ProjectQuota | null): Recipe<ProjectRef> => {
  const mark = world.mark()
  const { projects } = world.driver
  return {
    kind: 'project',
    mark,
    name,
    project: null,
    create: (attempt) => projects.ensure({ mark, name, quota }, attempt),
    remove: (projectId, attempt) => projects.remove({ mark, projectId }, attempt),
    idOf: (ref) => ref.projectId,
  }
}

export const networkRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  cidr: string,
  routed: boolean,
  options: { ipv6?: { readonly cidr: string } } = {},
): Recipe<NetworkRef> => {
  const mark = world.mark()
  const { networks } = world.driver
  return {
    kind: 'network',
    mark,
    name,
    project,
    create: (attempt) => networks.ensure({ mark, name, project, cidr, routed, ...options }, attempt),
    remove: (externalId, attempt) => networks.remove({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.networkId,
  }
}

export const ruleGroupRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  rules: readonly NetworkRule[],
): Recipe<RuleGroupRef> => {
  const mark = world.mark()
  const { networks } = world.driver
  return {
    kind: 'securityGroup',
    mark,
    name,
    project,
    create: (attempt) => networks.ensureRules({ mark, name, project, rules }, attempt),
    remove: (externalId, attempt) => networks.removeRules({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.ruleGroupId,
  }
}

export const portRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  network: NetworkRef,
  options: { ruleGroupIds?: readonly string[] } = {},
): Recipe<PortRef> => {
  const mark = world.mark()
  const { networks } = world.driver
  return {
    kind: 'port',
    mark,
    name,
    project,
    create: (attempt) => networks.createPort({ mark, name, project, network, ...options }, attempt),
    remove: (externalId, attempt) => networks.removePort({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.portId,
  }
}

export const volumeRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  sizeGib: number,
  from: { fromSnapshotId?: string } = {},
): Recipe<VolumeRef> => {
  const mark = world.mark()
  const { volumes } = world.driver
  return {
    kind: 'volume',
    mark,
    name,
    project,
    create: (attempt) => volumes.create({ mark, name, project, sizeGib, ...from }, attempt),
    remove: (externalId, attempt) => volumes.remove({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.volumeId,
  }
}

export const snapshotRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  volume: VolumeRef,
): Recipe<SnapshotRef> => {
  const mark = world.mark()
  const { snapshots } = world.driver
  const { volumeId } = volume
  return {
    kind: 'snapshot',
    mark,
    name,
    project,
    create: (attempt) => snapshots.create({ mark, name, project, volumeId }, attempt),
    remove: (externalId, attempt) => snapshots.remove({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.snapshotId,
  }
}

export const serverRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  port: PortRef,
  {
    size = world.target.size.small,
    imageName = world.target.imageName,
    ...options
  }: { size?: ServerSize; imageName?: string } & ServerOptions = {},
): Recipe<ServerRef> => {
  const mark = world.mark()
  const { servers } = world.driver
  return {
    kind: 'server',
    mark,
    name,
    project,
    create: (attempt) => servers.create({ mark, name, project, size, imageName, port, ...options }, attempt),
    remove: (externalId, attempt) => servers.remove({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.serverId,
  }
}

export const serverGroupRecipe = (
  world: World,
  project: ProjectRef,
  name: string,
  policy: ServerGroupPolicy,
): Recipe<ServerGroupRef> => {
  const mark = world.mark()
  const { serverGroups } = world.driver
  return {
    kind: 'serverGroup',
    mark,
    name,
    project,
    create: (attempt) => serverGroups.ensure({ mark, name, project, policy }, attempt),
    remove: (externalId, attempt) => serverGroups.remove({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.serverGroupId,
  }
}

export const addressRecipe = (world: World, project: ProjectRef, name: string, port: PortRef): Recipe<AddressRef> => {
  const mark = world.mark()
  const { addresses } = world.driver
  return {
    kind: 'address',
    mark,
    name,
    project,
    create: (attempt) => addresses.bind({ mark, name, project, port }, attempt),
    remove: (externalId, attempt) => addresses.release({ mark, project, externalId }, attempt),
    idOf: (ref) => ref.addressId,
  }
}
