import { failure, type ServerRef, type ServerSize } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import type { Fit, ServerRow } from './store.ts'

export const refOf = ({ id, size, hostName, addresses }: ServerRow): ServerRef => ({
  serverId: id,
  size,
  hostName,
  addresses,
})

/** Where the cloud has no fixed sizes, any size fits as it is. */
export const fitOf = ({ cloud }: SimCall, flavour: Fit | null, size: ServerSize): Fit | null =>
  isMissing(cloud, 'flavours') ? { name: null, size } : flavour

export const noFittingFlavour = ({ vcpus, memoryMib, diskGib }: ServerSize) =>
  failure(
    'permanent',
    'cloud-no-fitting-flavour',
    `No flavour holds ${vcpus} vcpus, ${memoryMib} MiB of memory and ${diskGib} GiB of disk`,
  )
