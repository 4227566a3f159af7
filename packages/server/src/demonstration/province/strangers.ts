import { present } from '../../kernel/invariant.ts'
import { truths } from '../truths.ts'
import type { CloudDraft } from './draft.ts'
import type { Ground } from './ground.ts'
import type { CloudGround } from './on-cloud.ts'
import { placeOnHost } from './placing.ts'
import { plusDays } from './time.ts'

const legacyServers = 90
const legacySize = { vcpus: 4, memoryMib: 8_192, diskGib: 40 }

/** What a department ran in its own room before it was taken over: without a mark of ours, and none of our business. */
const legacy = ({ chance, today }: Ground, cloud: CloudGround): CloudDraft => {
  const createdAt = plusDays(today, -900)
  const project = { id: chance.cloudId('legacy project'), mark: null, name: 'tongji-legacy', createdAt }
  const common = { mark: null, projectId: project.id, createdAt }
  const network = {
    ...common,
    id: chance.cloudId('legacy network'),
    name: 'legacy',
    cidr: '172.16.0.0/24',
    subnetId: chance.cloudId('legacy subnet'),
    routerId: null,
  }
  const image = present(cloud.survey.images[0], 'image')
  const flavour = present(
    cloud.survey.flavours.find(({ vcpus }) => vcpus === legacySize.vcpus),
    'flavour',
  )
  const servers = Array.from({ length: legacyServers }, (_, index) => ({
    ...common,
    ...legacySize,
    id: chance.cloudId('legacy server', index),
    name: `tongji-${String(index + 1).padStart(3, '0')}`,
    imageId: image.id,
    portId: chance.cloudId('legacy port', index),
    hostId: placeOnHost(cloud.placing, 'integration', legacySize).id,
    flavourName: flavour.name,
    loadProfile: null,
  }))
  const ports = servers.map(({ portId, name }, index) => ({
    ...common,
    id: portId,
    name,
    networkId: network.id,
    fixedAddress: `172.16.0.${index + 2}`,
  }))
  return { projects: [project], networks: [network], ports, servers, volumes: [], addresses: [] }
}

/** Somebody's volume with our mark on it, whose owner nobody knows any more. */
const orphan = ({ chance, today }: Ground, cloud: CloudGround & { readonly stock: CloudDraft }) => {
  const createdAt = plusDays(today, -35)
  return {
    id: chance.cloudId('orphan'),
    mark: cloud.markOf(chance.id(createdAt, 'orphan')),
    projectId: present(cloud.stock.projects[0], 'project').id,
    name: truths.orphan.name,
    sizeGib: truths.orphan.sizeGib,
    serverId: null,
    createdAt,
  }
}

/** What lies on clouds and is in none of our books. */
export const addStrangers = (
  ground: Ground,
  clouds: ReadonlyMap<string, CloudGround & { readonly stock: CloudDraft }>,
): void => {
  const host = present(clouds.get('integration'), 'integration')
  const old = legacy(ground, host)
  host.stock.projects.push(...old.projects)
  host.stock.networks.push(...old.networks)
  host.stock.ports.push(...old.ports)
  host.stock.servers.push(...old.servers)
  const other = present(clouds.get(truths.orphan.platform), truths.orphan.platform)
  other.stock.volumes.push(orphan(ground, other))
}
