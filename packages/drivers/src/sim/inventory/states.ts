import type { ObservedState } from '@yiduo/driver-api'

/** The simulated cloud's own words, and ours for them. */
export const observedStates = {
  UP: 'active',
  DISABLED: 'stopped',
  AVAILABLE: 'active',
  ACTIVE: 'active',
  DOWN: 'stopped',
  BUILD: 'building',
  CREATING: 'building',
  IN_USE: 'active',
  SHUTOFF: 'stopped',
  STARTING: 'stopped',
  STOPPING: 'active',
  REBOOT: 'active',
  REBUILD: 'building',
  RESIZE: 'resizing',
  VERIFY_RESIZE: 'resizing',
  DELETING: 'deleting',
  ERROR: 'broken',
  HOST_LOST: 'broken',
} as const satisfies Record<string, ObservedState>
export type NativeState = keyof typeof observedStates
