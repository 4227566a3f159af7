import type { Capabilities } from '../capabilities.ts'
import { type ObservedKind, observedKinds } from '../inventory.ts'

/** What must be supported for a kind to be listed. */
export const capabilityOf = {
  host: 'hosts',
  flavour: 'flavours',
  image: 'images',
  project: 'projects',
  network: 'networks',
  subnet: 'networks',
  router: 'networks',
  securityGroup: 'networks',
  port: 'networks',
  server: 'servers',
  serverGroup: 'serverGroups',
  volume: 'volumes',
  snapshot: 'snapshots',
  address: 'addresses',
} as const satisfies Record<ObservedKind, keyof Capabilities>

/** The kinds that we make. */
export const ownKinds = observedKinds.filter((kind) => kind !== 'host' && kind !== 'flavour' && kind !== 'image')
