import type { ServersFacet } from '@yiduo/driver-api'
import type { SimCaller } from '../call.ts'
import { createServer } from './create.ts'
import { reboot, rebuild, setPower } from './power.ts'
import { removeServer } from './remove.ts'
import { renameServer } from './rename.ts'
import { resizeServer } from './resize.ts'

export const createServers = (caller: SimCaller): ServersFacet => ({
  create: (ask) => caller.change('servers.create', 'servers', (call) => createServer(call, ask)),
  resize: (ask) => caller.change('servers.resize', 'serverResize', (call) => resizeServer(call, ask)),
  setPower: (ask) => caller.change('servers.setPower', 'serverPower', (call) => setPower(call, ask)),
  reboot: (ask, attempt) => caller.change('servers.reboot', 'serverPower', (call) => reboot(call, ask, attempt)),
  rebuild: (ask, attempt) => caller.change('servers.rebuild', 'serverRebuild', (call) => rebuild(call, ask, attempt)),
  rename: (ask) => caller.change('servers.rename', 'serverRename', (call) => renameServer(call, ask)),
  remove: (what) => caller.change('servers.remove', 'servers', (call) => removeServer(call, what)),
})
