import {
  isDone,
  type NetworkRef,
  type Observed,
  type ObservedKind,
  type Outcome,
  type Page,
  type PortRef,
  type ProjectQuota,
  type ProjectRef,
  type ServerRef,
  type ServerSize,
  type VolumeRef,
} from '@yiduo/driver-api'
import type { SimWorld } from './sim-world.ts'

export const firstTry = { since: null, handle: null }
export const small: ServerSize = { vcpus: 2, memoryMib: 4_096, diskGib: 40 }
const imageName = 'openEuler 24.03 LTS'

export const doneBy = <T>(outcome: Outcome<T>): T => {
  if (!isDone(outcome)) throw new Error(`expected done, got ${JSON.stringify(outcome)}`)
  return outcome.value
}

export const projectIn = async ({ driver, mark }: SimWorld, quota: ProjectQuota | null = null): Promise<ProjectRef> =>
  doneBy(await driver.projects.ensure({ mark: mark(), name: 'p', quota }, firstTry))

export const networkIn = async (
  { driver, mark }: SimWorld,
  project: ProjectRef,
  { cidr = '10.0.0.0/24', routed = true } = {},
): Promise<NetworkRef> =>
  doneBy(await driver.networks.ensure({ mark: mark(), name: 'n', project, cidr, routed }, firstTry))

export const portIn = async ({ driver, mark }: SimWorld, project: ProjectRef, network: NetworkRef): Promise<PortRef> =>
  doneBy(await driver.networks.createPort({ mark: mark(), name: 'q', project, network }, firstTry))

/** A project with a network, where servers are asked for by their mark alone. */
export const tenancyIn = async (world: SimWorld, quota: ProjectQuota | null = null) => {
  const project = await projectIn(world, quota)
  const network = await networkIn(world, project)
  const askFor = async (size: ServerSize = small) => ({
    mark: world.mark(),
    name: 's',
    project,
    size,
    imageName,
    port: await portIn(world, project, network),
  })
  return {
    project,
    network,
    askFor,
    /** Built to its end. */
    server: async (size: ServerSize = small): Promise<ServerRef & { readonly mark: string }> => {
      const ask = await askFor(size)
      const ref = doneBy(await world.settle((attempt) => world.driver.servers.create(ask, attempt)))
      return { ...ref, mark: ask.mark }
    },
    volume: async (sizeGib: number): Promise<VolumeRef & { readonly mark: string }> => {
      const ask = { mark: world.mark(), name: 'v', project, sizeGib }
      const ref = doneBy(await world.settle((attempt) => world.driver.volumes.create(ask, attempt)))
      return { ...ref, mark: ask.mark }
    },
  }
}

export const listOf = async ({ driver }: SimWorld, kind: ObservedKind): Promise<Observed[]> => {
  const items: Observed[] = []
  let cursor: string | null = null
  do {
    const page: Page = doneBy(await driver.list(kind, cursor))
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
