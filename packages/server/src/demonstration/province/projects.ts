import type { SimStock } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import { cidrOf, type PastProject } from '../../modules/projects/index.ts'
import type { Ground, PlatformGround } from './ground.ts'
import { registeredAt, systemIdOf } from './request-rows.ts'
import type { PlannedSystem } from './systems.ts'

/** The project of one system on its platform, as the cloud has it. */
export interface ProjectGround {
  readonly row: PastProject
  readonly platform: PlatformGround
  readonly projectId: string
  readonly networkId: string
  readonly stock: Pick<SimStock, 'projects' | 'networks'>
  /** The next address of its network that nobody has. */
  readonly nextFixedAddress: () => string
}

export const projectOf = (ground: Ground, system: PlannedSystem, markOf: (uuid: string) => string): ProjectGround => {
  const { chance, platforms } = ground
  const platform = present(platforms.get(system.platform), system.platform)
  const createdAt = registeredAt(ground, system)
  const id = chance.id(createdAt, 'project', system.key)
  const projectId = chance.cloudId('project', system.key)
  const network = {
    networkId: chance.cloudId('network', system.key),
    subnetId: chance.cloudId('subnet', system.key),
    routerId: chance.cloudId('router', system.key),
  }
  const cidr = cidrOf(id)
  let taken = 1 // the gateway
  const mark = markOf(id)
  return {
    row: {
      id,
      systemId: systemIdOf(ground, system),
      platformId: platform.id,
      projectRef: { projectId },
      networkRef: network,
      createdAt,
    },
    platform,
    projectId,
    networkId: network.networkId,
    stock: {
      projects: [{ id: projectId, mark, name: system.name, createdAt }],
      networks: [
        {
          id: network.networkId,
          mark,
          projectId,
          name: system.name,
          cidr,
          subnetId: network.subnetId,
          routerId: network.routerId,
          createdAt,
        },
      ],
    },
    nextFixedAddress: () => {
      taken += 1
      return cidr.replace(/0\/24$/, String(taken))
    },
  }
}
