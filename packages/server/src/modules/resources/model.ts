import type { Measure, ResourceKind } from '@yiduo/contract'
import type { Observed, PowerState, ServerRef, ServerSize } from '@yiduo/driver-api'

/** What was promised; which members are there follows from the kind. */
export interface Desired {
  readonly vcpus?: number
  readonly memoryMib?: number
  readonly diskGib?: number
  readonly sizeGib?: number
  readonly imageName?: string
  /** Of its snapshots together, which the quota counts beside its own size. */
  readonly snapshotGib?: number
}

const memoryGib = (memoryMib: number): number => Math.ceil(memoryMib / 1024)

/** What is counted of a resource, by measure. */
export const meteredAmounts = (kind: ResourceKind, desired: Desired): Partial<Record<Measure, number>> => {
  switch (kind) {
    case 'server':
      return {
        vcpu: desired.vcpus ?? 0,
        'memory-gib': memoryGib(desired.memoryMib ?? 0),
        'volume-gib': desired.diskGib ?? 0,
      }
    case 'volume':
      return { 'volume-gib': desired.sizeGib ?? 0 }
    case 'address':
      return { address: 1 }
    case 'network':
      return {}
  }
}

/** A resource with what is counted of it. */
export const countedOf = <Row extends { readonly kind: ResourceKind; readonly desired: Desired }>(of: Row) => ({
  of,
  amounts: meteredAmounts(of.kind, of.desired),
})

/** What a resource takes of quota and pool. */
export const holdingOf = (kind: ResourceKind, desired: Desired) => ({
  vcpus: kind === 'server' ? (desired.vcpus ?? 0) : 0,
  memoryMib: kind === 'server' ? (desired.memoryMib ?? 0) : 0,
  volumeGib: kind === 'server' ? (desired.diskGib ?? 0) : (desired.sizeGib ?? 0) + (desired.snapshotGib ?? 0),
  addresses: kind === 'address' ? 1 : 0,
})

/** By which it is reached first, as the cloud showed it last; null where it has none. */
export const addressOf = ({
  observed,
}: {
  readonly observed: Readonly<Record<string, unknown>> | null
}): string | null => {
  const first = Array.isArray(observed?.addresses) ? observed.addresses[0] : observed?.address
  return typeof first === 'string' ? first : null
}

/** Whether a server runs, as the cloud showed it last; null where that is neither, or it is no server. */
export const powerOf = (it: {
  readonly kind: ResourceKind
  readonly observed: Readonly<Record<string, unknown>> | null
}): PowerState | null => {
  if (it.kind !== 'server') return null
  if (it.observed?.state === 'stopped') return 'stopped'
  return it.observed?.state === 'active' ? 'running' : null
}

export const sizeOf = (desired: Desired): ServerSize => ({
  vcpus: desired.vcpus ?? 0,
  memoryMib: desired.memoryMib ?? 0,
  diskGib: desired.diskGib ?? 0,
})

/** A reference says nothing of power: `state` is what whoever read it knows. */
export const observedServer = (it: ServerRef, state: Observed['state'] = 'active'): object => ({
  state,
  ...it.size,
  hostName: it.hostName,
  addresses: it.addresses,
})
