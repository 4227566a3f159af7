import type { SimDatabase } from '../database.ts'
import {
  defaultExternalRange,
  defaultFlavours,
  defaultImages,
  defaultProduct,
  defaultStorageGib,
  defaultTimes,
} from './defaults.ts'
import type { MissingCapabilities, SimCloudDescription, SimHostGroup } from './model.ts'
import { type HostRow, saveCloud, saveFirstProject, saveFlavours, saveHosts, saveImages } from './store.ts'

/**
 * Makes the cloud, or brings an existing one to the description: figures are updated, new hosts, flavours and
 * images are added, and what stands there already is kept.
 */
export const createSimCloud = async (database: SimDatabase, description: SimCloudDescription): Promise<void> => {
  if (!cloudNamed.test(description.name))
    throw new RangeError(
      `"${description.name}" can't stand in sim://<name>: use lower case letters, digits and hyphens`,
    )
  const { name, flavours = defaultFlavours, images = defaultImages } = description
  await database.transaction(async (tx) => {
    await saveCloud(tx, {
      ...defaultTimes,
      ...description.times,
      name,
      token: description.token,
      seed: description.seed ?? 1,
      architecture: description.architecture ?? 'x86_64',
      product: description.product ?? defaultProduct.name,
      version: description.version ?? defaultProduct.version,
      oversellRatio: description.oversellRatio ?? 1,
      storageGib: description.storageGib ?? defaultStorageGib,
      externalRange: description.externalRange === undefined ? defaultExternalRange : description.externalRange,
      defaultQuota: description.defaultQuota ?? null,
      missing: { ...(description.privateFlavours ? {} : noPrivateFlavours), ...description.missing },
    })
    await saveHosts(tx, name, description.hosts.flatMap(hostsOf))
    await saveFlavours(tx, name, flavours)
    await saveImages(tx, name, images)
    await saveFirstProject(tx, name)
  })
}

const noPrivateFlavours: MissingCapabilities = { privateFlavours: { reason: 'switched-off' } }

export const cloudNamed = /^[a-z0-9]+(-[a-z0-9]+)*$/

const hostsOf = ({ prefix, count, vcpus, memoryMib, diskGib, zone, aggregates }: SimHostGroup): HostRow[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${prefix}-${String(index + 1).padStart(3, '0')}`,
    vcpus,
    memoryMib,
    diskGib,
    zone: zone ?? 'zone-1',
    aggregates: aggregates ?? [],
  }))
