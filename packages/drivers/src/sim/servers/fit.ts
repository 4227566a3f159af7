import { failure, type ServerRef, type ServerSize } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { type Fit, insertFlavour, type ServerRow } from './store.ts'

export const refOf = ({ id, size, hostName, addresses }: ServerRow): ServerRef => ({
  serverId: id,
  size,
  hostName,
  addresses,
})

/** Where the cloud has no fixed sizes, any size fits as it is; where it may make one, the size becomes one. */
export const fitOf = async (call: SimCall, flavour: Fit | null, size: ServerSize): Promise<Fit | null> => {
  const { database, cloud, markPrefix } = call
  if (isMissing(cloud, 'flavours')) return { name: null, size }
  if (isMissing(cloud, 'privateFlavours') || (flavour !== null && isEqual(flavour.size, size))) return flavour
  const name = `${markPrefix}${size.vcpus}c-${size.memoryMib}m-${size.diskGib}g`
  await insertFlavour(database, cloud.name, { name, size })
  return { name, size }
}

/** A disk of no size is one that is not needed. */
const isEqual = (has: ServerSize, wanted: ServerSize): boolean =>
  has.vcpus === wanted.vcpus &&
  has.memoryMib === wanted.memoryMib &&
  (wanted.diskGib === 0 || has.diskGib === wanted.diskGib)

export const noFittingFlavour = ({ vcpus, memoryMib, diskGib }: ServerSize) =>
  failure(
    'permanent',
    'cloud-no-fitting-flavour',
    `No flavour holds ${vcpus} vcpus, ${memoryMib} MiB of memory and ${diskGib} GiB of disk`,
  )
