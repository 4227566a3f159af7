import {
  done,
  failure,
  type Outcome,
  pending,
  type ServerRef,
  type ServerSize,
  type ServersFacet,
} from '@yiduo/driver-api'
import type { SimCall, SimCaller } from '../call.ts'
import { quotaRefusal } from '../quotas/refusal.ts'
import { conflict, noRoom, refused, vanished } from '../refusals.ts'
import { fitOf, noFittingFlavour, refOf } from './fit.ts'
import { reboot, setPower } from './power.ts'
import { removeServer } from './remove.ts'
import { renameServer } from './rename.ts'
import { resizeServer } from './resize.ts'
import { type CreationFacts, creationFacts, placeServer, type ServerRow, serverByMark } from './store.ts'

type Ask = Parameters<ServersFacet['create']>[0]

export const createServers = (caller: SimCaller): ServersFacet => ({
  create: (ask) => caller.change('servers.create', 'servers', (call) => create(call, ask)),
  resize: (ask) => caller.change('servers.resize', 'serverResize', (call) => resizeServer(call, ask)),
  setPower: (ask) => caller.change('servers.setPower', 'serverPower', (call) => setPower(call, ask)),
  reboot: (ask, attempt) => caller.change('servers.reboot', 'serverPower', (call) => reboot(call, ask, attempt)),
  rename: (ask) => caller.change('servers.rename', 'serverRename', (call) => renameServer(call, ask)),
  remove: (what) => caller.change('servers.remove', 'servers', (call) => removeServer(call, what)),
})

const create = async (call: SimCall, ask: Ask): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  const mine = await serverByMark(database, cloud.name, ask.mark, now)
  if (mine) return adopted(mine, now)
  const projectId = ask.project.projectId
  const wanted = { projectId, imageName: ask.imageName, portId: ask.port.portId, size: ask.size }
  const facts = await creationFacts(database, cloud.name, wanted)
  if (!facts?.projectId) return vanished('project', projectId)
  if (facts.imageId === null) return failure('permanent', 'cloud-no-such-image', `No image is named ${ask.imageName}`)
  const fit = fitOf(call, facts.flavour, ask.size)
  if (fit === null) return noFittingFlavour(ask.size)
  const refusal = creationRefusal(facts, wanted.portId, fit.size)
  if (refusal) return refusal
  const readyAt = new Date(now.getTime() + cloud.serverBuildMs)
  const server = { ...ask, projectId, imageId: facts.imageId, portId: wanted.portId, fit, readyAt, broken: call.breaks }
  const row = await placeServer(database, cloud, server, now)
  if (row === null) return noRoom('No valid host was found: there are not enough hosts available')
  return cloud.serverBuildMs > 0 ? building(row.id, readyAt, now) : adoptAgain(call, ask.mark)
}

/** Where building takes no time, what was just made is judged at once. */
const adoptAgain = async ({ database, cloud, now }: SimCall, mark: string): Promise<Outcome<ServerRef>> => {
  const row = await serverByMark(database, cloud.name, mark, now)
  return row ? adopted(row, now) : vanished('server', mark)
}

const adopted = (row: ServerRow, now: Date): Outcome<ServerRef> => {
  switch (row.native) {
    case 'BUILD':
      return building(row.id, row.readyAt, now)
    case 'DELETING':
      return vanished('server', row.id)
    case 'ERROR':
    case 'HOST_LOST':
      return failure('permanent', 'cloud-thing-broken', `The server ${row.id} is in state ${row.native}`)
    default:
      return done(refOf(row))
  }
}

const building = (serverId: string, readyAt: Date, now: Date) =>
  pending(serverId, Math.min(Math.max(readyAt.getTime() - now.getTime(), 0), 1_000))

const creationRefusal = (facts: CreationFacts, portId: string, size: ServerSize) => {
  if (facts.portId === null) return vanished('port', portId)
  if (facts.holder !== null) return conflict(`The port ${portId} is in use by server ${facts.holder}`)
  if (size.diskGib < (facts.minimumDiskGib ?? 0)) return refused(`The image needs ${facts.minimumDiskGib} GiB of disk`)
  if (size.memoryMib < (facts.minimumMemoryMib ?? 0))
    return refused(`The image needs ${facts.minimumMemoryMib} MiB of memory`)
  return quotaRefusal(facts.quota, facts.used, { servers: 1, vcpus: size.vcpus, memoryMib: size.memoryMib })
}
