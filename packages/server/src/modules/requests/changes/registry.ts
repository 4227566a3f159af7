import type { ChangeAsk } from './ask.ts'
import type { Change } from './change.ts'
import { extend } from './extend.ts'
import { addAddress, addVolume } from './parts.ts'
import { reboot, startServer, stop } from './power.ts'
import { prolong } from './prolong.ts'
import { removeAddress, removeVolume } from './removal.ts'
import { renameServer, renameVolume } from './rename.ts'
import { resize } from './resize.ts'
import { restore } from './restore.ts'
import { scale } from './scale.ts'
import { removeSnapshot, restoreSnapshot, takeSnapshot } from './snapshots.ts'
import { transfer } from './transfer.ts'

export const changes = {
  resize,
  extend,
  'add-volume': addVolume,
  'remove-volume': removeVolume,
  'add-address': addAddress,
  'remove-address': removeAddress,
  prolong,
  restore,
  transfer,
  scale,
  stop,
  start: startServer,
  reboot,
  'rename-server': renameServer,
  'rename-volume': renameVolume,
  'take-snapshot': takeSnapshot,
  'restore-snapshot': restoreSnapshot,
  'remove-snapshot': removeSnapshot,
} as const

/** The change that an ask is of. Its kind chose it, so it is the one that reads it. */
export const changeOf = <A extends ChangeAsk>(ask: A): Pick<Change<A, never>, 'about' | 'states' | 'start' | 'ended'> =>
  changes[ask.kind] as unknown as Change<A, never>
