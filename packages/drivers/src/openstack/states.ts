import type { ObservedState } from '@yiduo/driver-api'

/** Nova, `status` (docs.openstack.org/api-guide/compute/server_concepts.html). */
const serverStates: Readonly<Record<string, ObservedState>> = {
  ACTIVE: 'active',
  PASSWORD: 'active',
  REBOOT: 'active',
  HARD_REBOOT: 'active',
  MIGRATING: 'active',
  BUILD: 'building',
  REBUILD: 'building',
  RESIZE: 'resizing',
  VERIFY_RESIZE: 'resizing',
  REVERT_RESIZE: 'resizing',
  SHUTOFF: 'stopped',
  PAUSED: 'stopped',
  SUSPENDED: 'stopped',
  RESCUE: 'stopped',
  SHELVED: 'stopped',
  SHELVED_OFFLOADED: 'stopped',
  DELETED: 'deleting',
  SOFT_DELETED: 'deleting',
  ERROR: 'broken',
}

/** Cinder, `status` of volumes and snapshots; what is being copied or moved is still usable. */
const volumeStates: Readonly<Record<string, ObservedState>> = {
  creating: 'building',
  downloading: 'building',
  available: 'active',
  'in-use': 'active',
  reserved: 'active',
  attaching: 'active',
  detaching: 'active',
  maintenance: 'active',
  'backing-up': 'active',
  uploading: 'active',
  retyping: 'active',
  restoring: 'active',
  extending: 'resizing',
  // Unusable until it holds what it held.
  reverting: 'building',
  'restoring-backup': 'building',
  deleting: 'deleting',
  deleted: 'deleting',
}

/** Neutron, `status` of networks, routers, ports and floating addresses. */
const networkStates: Readonly<Record<string, ObservedState>> = {
  ACTIVE: 'active',
  BUILD: 'building',
  DOWN: 'stopped',
  ERROR: 'broken',
}

const imageStates: Readonly<Record<string, ObservedState>> = {
  queued: 'building',
  saving: 'building',
  uploading: 'building',
  importing: 'building',
  active: 'active',
  deactivated: 'stopped',
  killed: 'broken',
  pending_delete: 'deleting',
  deleted: 'deleting',
}

export const serverState = (status: string, taskState: string | null | undefined): ObservedState =>
  taskState === 'deleting' || taskState === 'soft-deleting' ? 'deleting' : (serverStates[status] ?? 'unknown')

export const volumeState = (status: string): ObservedState =>
  status.startsWith('error') ? 'broken' : (volumeStates[status] ?? 'unknown')

export const networkState = (status: string | null | undefined): ObservedState =>
  networkStates[status ?? ''] ?? 'unknown'

export const imageState = (status: string): ObservedState => imageStates[status] ?? 'unknown'
