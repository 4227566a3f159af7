import {
  addressRemove,
  addressRemoveQuote,
  lineScale,
  lineScaleQuote,
  requestProlong,
  requestProlongQuote,
  requestRestore,
  requestRestoreQuote,
  requestTransfer,
  requestTransferQuote,
  serverAddAddress,
  serverAddAddressQuote,
  serverAddVolume,
  serverAddVolumeQuote,
  serverReboot,
  serverRebootQuote,
  serverRename,
  serverRenameQuote,
  serverResize,
  serverResizeQuote,
  serverStart,
  serverStartQuote,
  serverStop,
  serverStopQuote,
  volumeExtend,
  volumeExtendQuote,
  volumeRemove,
  volumeRemoveQuote,
  volumeRemoveSnapshot,
  volumeRemoveSnapshotQuote,
  volumeRename,
  volumeRenameQuote,
  volumeRestoreSnapshot,
  volumeRestoreSnapshotQuote,
  volumeTakeSnapshot,
  volumeTakeSnapshotQuote,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { RequestService } from './service.ts'

type Doors = RequestService['changes']

const routeChangesOfServers = (bind: Bind, { resize, addVolume, addAddress }: Doors): void => {
  bind(serverResize, ({ act, params, body, locale }) => resize.ask(act, params.serverId, body, locale))
  bind(serverResizeQuote, ({ act, params, body, locale }) => resize.quote(act, params.serverId, body, locale))
  bind(serverAddVolume, ({ act, params, body, locale }) => addVolume.ask(act, params.serverId, body, locale))
  bind(serverAddVolumeQuote, ({ act, params, body, locale }) => addVolume.quote(act, params.serverId, body, locale))
  bind(serverAddAddress, ({ act, params, body, locale }) => addAddress.ask(act, params.serverId, body, locale))
  bind(serverAddAddressQuote, ({ act, params, body, locale }) => addAddress.quote(act, params.serverId, body, locale))
}

const routePower = (bind: Bind, { stop, start, reboot, renameServer }: Doors): void => {
  bind(serverStop, ({ act, params, body, locale }) => stop.ask(act, params.serverId, body, locale))
  bind(serverStopQuote, ({ act, params, body, locale }) => stop.quote(act, params.serverId, body, locale))
  bind(serverStart, ({ act, params, body, locale }) => start.ask(act, params.serverId, body, locale))
  bind(serverStartQuote, ({ act, params, body, locale }) => start.quote(act, params.serverId, body, locale))
  bind(serverReboot, ({ act, params, body, locale }) => reboot.ask(act, params.serverId, body, locale))
  bind(serverRebootQuote, ({ act, params, body, locale }) => reboot.quote(act, params.serverId, body, locale))
  bind(serverRename, ({ act, params, body, locale }) => renameServer.ask(act, params.serverId, body, locale))
  bind(serverRenameQuote, ({ act, params, body, locale }) => renameServer.quote(act, params.serverId, body, locale))
}

const routeChangesOfParts = (bind: Bind, { extend, removeVolume, removeAddress, renameVolume }: Doors): void => {
  bind(volumeExtend, ({ act, params, body, locale }) => extend.ask(act, params.volumeId, body, locale))
  bind(volumeExtendQuote, ({ act, params, body, locale }) => extend.quote(act, params.volumeId, body, locale))
  bind(volumeRemove, ({ act, params, body, locale }) => removeVolume.ask(act, params.volumeId, body, locale))
  bind(volumeRemoveQuote, ({ act, params, body, locale }) => removeVolume.quote(act, params.volumeId, body, locale))
  bind(addressRemove, ({ act, params, body, locale }) => removeAddress.ask(act, params.addressId, body, locale))
  bind(volumeRename, ({ act, params, body, locale }) => renameVolume.ask(act, params.volumeId, body, locale))
  bind(volumeRenameQuote, ({ act, params, body, locale }) => renameVolume.quote(act, params.volumeId, body, locale))
  bind(addressRemoveQuote, ({ act, params, body, locale }) => removeAddress.quote(act, params.addressId, body, locale))
}

const routeSnapshots = (bind: Bind, { takeSnapshot, restoreSnapshot, removeSnapshot }: Doors): void => {
  bind(volumeTakeSnapshot, ({ act, params, body, locale }) => takeSnapshot.ask(act, params.volumeId, body, locale))
  bind(volumeTakeSnapshotQuote, ({ act, params, body, locale }) =>
    takeSnapshot.quote(act, params.volumeId, body, locale),
  )
  bind(volumeRestoreSnapshot, ({ act, params, body, locale }) =>
    restoreSnapshot.ask(act, params.volumeId, body, locale),
  )
  bind(volumeRestoreSnapshotQuote, ({ act, params, body, locale }) =>
    restoreSnapshot.quote(act, params.volumeId, body, locale),
  )
  bind(volumeRemoveSnapshot, ({ act, params, body, locale }) => removeSnapshot.ask(act, params.volumeId, body, locale))
  bind(volumeRemoveSnapshotQuote, ({ act, params, body, locale }) =>
    removeSnapshot.quote(act, params.volumeId, body, locale),
  )
}

const routeChangesOfRequests = (bind: Bind, { prolong, restore, transfer, scale }: Doors): void => {
  bind(requestProlong, ({ act, params, body, locale }) => prolong.ask(act, params.requestId, body, locale))
  bind(requestProlongQuote, ({ act, params, body, locale }) => prolong.quote(act, params.requestId, body, locale))
  bind(requestRestore, ({ act, params, body, locale }) => restore.ask(act, params.requestId, body, locale))
  bind(requestRestoreQuote, ({ act, params, body, locale }) => restore.quote(act, params.requestId, body, locale))
  bind(lineScale, ({ act, params, body, locale }) => scale.ask(act, params.lineId, body, locale))
  bind(lineScaleQuote, ({ act, params, body, locale }) => scale.quote(act, params.lineId, body, locale))
  bind(requestTransfer, ({ act, params, body, locale }) => transfer.ask(act, params.requestId, body, locale))
  bind(requestTransferQuote, ({ act, params, body, locale }) => transfer.quote(act, params.requestId, body, locale))
}

export const routeChanges = (bind: Bind, doors: Doors): void => {
  routeChangesOfServers(bind, doors)
  routePower(bind, doors)
  routeChangesOfParts(bind, doors)
  routeSnapshots(bind, doors)
  routeChangesOfRequests(bind, doors)
}
