import type { SimStock, SimSurvey } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import type { Ground } from './ground.ts'
import { type Placing, placeOnHost } from './placing.ts'
import type { ProjectGround } from './projects.ts'
import type { PlannedUnit, SeenUnit } from './unit-rows.ts'

/** A cloud while it is being stocked. */
export interface CloudGround {
  readonly survey: SimSurvey
  readonly placing: Placing
  readonly markOf: (uuid: string) => string
  /** The next external address that nobody has. */
  readonly nextAddress: () => string
}

type UnitStock = Pick<SimStock, 'ports' | 'servers' | 'volumes' | 'addresses'>

/** Stands on the cloud from its delivery on; what each part is called there. */
const cloudIdsOf = ({ chance }: Ground, { key }: PlannedUnit) => ({
  port: chance.cloudId('port', key),
  server: chance.cloudId('server', key),
  volume: chance.cloudId('volume', key),
  address: chance.cloudId('address', key),
})

/** Where the parts of a unit were put, and what they are called there. */
interface Place {
  readonly ids: ReturnType<typeof cloudIdsOf>
  readonly host: ReturnType<typeof placeOnHost>
  readonly imageId: string
  readonly flavourName: string
  readonly fixedAddress: string
  /** Null: it has none. */
  readonly address: string | null
  /** Null: its volume hangs on nothing. */
  readonly attachedTo: string | null
}

const placeOf = (ground: Ground, unit: PlannedUnit, project: ProjectGround, cloud: CloudGround): Place => {
  const { plan, order, addressId } = unit
  const ids = cloudIdsOf(ground, unit)
  const { images, flavours } = cloud.survey
  const image = images.find(({ name }) => name === plan.imageName)
  const flavour = flavours.find(({ vcpus, memoryMib }) => vcpus >= plan.vcpus && memoryMib >= plan.memoryMib)
  return {
    ids,
    host: placeOnHost(cloud.placing, project.platform.code, plan),
    imageId: present(image, plan.imageName).id,
    flavourName: present(flavour, plan.code).name,
    fixedAddress: project.nextFixedAddress(),
    address: addressId === null ? null : cloud.nextAddress(),
    attachedTo: order.unattached ? null : ids.server,
  }
}

const sizeOf = ({ plan: { vcpus, memoryMib, diskGib } }: PlannedUnit) => ({ vcpus, memoryMib, diskGib })

/** What lies on the cloud. */
const stockOf = (unit: PlannedUnit, project: ProjectGround, { markOf }: CloudGround, place: Place): UnitStock => {
  const { order, name, volumeId, addressId } = unit
  const { ids, address } = place
  const common = { projectId: project.projectId, createdAt: unit.course.deliveredAt }
  const mark = markOf(unit.serverId)
  const { fixedAddress, imageId, flavourName } = place
  const hostId = place.host.id
  const made = {
    ...common,
    ...sizeOf(unit),
    id: ids.server,
    mark,
    name,
    imageId,
    portId: ids.port,
    hostId,
    flavourName,
  }
  return {
    ports: [{ ...common, id: ids.port, mark, name, networkId: project.networkId, fixedAddress }],
    servers: [{ ...made, loadProfile: order.load }],
    volumes: volumeId
      ? [
          {
            ...common,
            id: ids.volume,
            mark: markOf(volumeId),
            name: `${name}-data`,
            sizeGib: order.dataVolumeGib,
            serverId: place.attachedTo,
          },
        ]
      : [],
    addresses:
      addressId && address
        ? [{ ...common, id: ids.address, mark: markOf(addressId), name: `${name}-address`, address, portId: ids.port }]
        : [],
  }
}

const active = { state: 'active', nativeState: 'ACTIVE' }

/** What a listing will show of it: to the letter, so that it finds no difference. */
const seenOf = (unit: PlannedUnit, project: ProjectGround, place: Place): SeenUnit => {
  const { ids, host, imageId, flavourName, fixedAddress, address, attachedTo } = place
  const server = {
    ...active,
    ...sizeOf(unit),
    flavourName,
    imageId,
    portId: ids.port,
    networkId: project.networkId,
    zone: host.zone,
    addresses: address === null ? [fixedAddress] : [fixedAddress, address],
    volumeIds: unit.volumeId && attachedTo ? [ids.volume] : [],
  }
  const sizeGib = unit.order.dataVolumeGib
  const volume = attachedTo
    ? { ...active, nativeState: 'IN_USE', sizeGib, serverId: attachedTo }
    : { ...active, nativeState: 'AVAILABLE', sizeGib }
  const bound = { ...active, addresses: [address], portId: ids.port, serverId: ids.server }
  return {
    refs: { port: { portId: ids.port, fixedAddress } },
    server: { externalId: ids.server, observed: server },
    volume: unit.volumeId ? { externalId: ids.volume, observed: volume } : null,
    address: unit.addressId ? { externalId: ids.address, observed: bound } : null,
  }
}

/** Puts a unit on its cloud. */
export const onCloud = (
  ground: Ground,
  unit: PlannedUnit,
  project: ProjectGround,
  cloud: CloudGround,
): { readonly stock: UnitStock; readonly seen: SeenUnit } => {
  const place = placeOf(ground, unit, project, cloud)
  return { stock: stockOf(unit, project, cloud, place), seen: seenOf(unit, project, place) }
}
