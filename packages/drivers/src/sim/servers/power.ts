import {
  type Attempt,
  done,
  failure,
  type Outcome,
  pending,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { conflict, foreign, vanished } from '../refusals.ts'
import { refOf } from './fit.ts'
import { changePower, hasImage, startRebuild } from './power-store.ts'
import { type ServerRow, serverById } from './store.ts'

type Ask = Parameters<ServersFacet['reboot']>[0]

export const setPower = async (
  call: SimCall,
  ask: Parameters<ServersFacet['setPower']>[0],
): Promise<Outcome<ServerRef>> => {
  const found = await atRest(call, ask)
  if (found.outcome !== 'done') return found
  const server = found.value
  if ((server.native === 'SHUTOFF') === (ask.power === 'stopped')) return done(refOf(server))
  return change(call, server, ask.power === 'running' ? 'STARTING' : 'STOPPING', null)
}

/** The handle counts the reboots there were before ours, so a repetition sees whether one has come since. */
export const reboot = async (call: SimCall, ask: Ask, { handle }: Attempt): Promise<Outcome<ServerRef>> => {
  const found = await atRest(call, ask)
  if (found.outcome === 'pending') return { ...found, handle }
  if (found.outcome !== 'done') return found
  const server = found.value
  const count = String(server.reboots)
  if (handle !== null && handle !== count) return done(refOf(server))
  if (server.native === 'SHUTOFF') return conflict('Cannot reboot while it is in vm_state stopped')
  return handle === null ? pending(count, 0) : change(call, server, 'REBOOT', handle)
}

/** As a reboot, and as long as building takes. */
export const rebuild = async (
  call: SimCall,
  ask: Parameters<ServersFacet['rebuild']>[0],
  { handle }: Attempt,
): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  const found = await atRest(call, ask)
  if (found.outcome === 'pending') return { ...found, handle }
  if (found.outcome !== 'done') return found
  const server = found.value
  const count = String(server.rebuilds)
  if (handle !== null && handle !== count) return done(refOf(server))
  if (!(await hasImage(database, cloud.name, ask.imageName)))
    return failure('permanent', 'cloud-no-such-image', `No image is named ${ask.imageName}`)
  if (handle === null) return pending(count, 0)
  await startRebuild(database, cloud.name, server.id, ask.imageName, new Date(now.getTime() + cloud.serverBuildMs))
  return cloud.serverBuildMs === 0 ? done(refOf(server)) : pending(handle, Math.min(cloud.serverBuildMs, 1_000))
}

const change = async (
  { database, cloud, now }: SimCall,
  server: ServerRow,
  to: Parameters<typeof changePower>[3],
  handle: string | null,
): Promise<Outcome<ServerRef>> => {
  await changePower(database, cloud.name, server.id, to, new Date(now.getTime() + cloud.serverPowerMs))
  return cloud.serverPowerMs === 0 ? done(refOf(server)) : pending(handle, Math.min(cloud.serverPowerMs, 1_000))
}

/** One that something is being done to is pending. */
const atRest = async (call: SimCall, ask: Ask): Promise<Outcome<ServerRow>> => {
  const { database, cloud, now, markPrefix } = call
  const server = await serverById(database, cloud.name, ask.project.projectId, ask.serverId, now)
  if (server === null) return vanished('server', ask.serverId)
  const refusal = foreign(server.mark, markPrefix)
  if (refusal) return refusal
  switch (server.native) {
    case 'ACTIVE':
    case 'SHUTOFF':
      return done(server)
    case 'DELETING':
      return vanished('server', server.id)
    case 'ERROR':
    case 'HOST_LOST':
      return failure('permanent', 'cloud-thing-broken', `The server ${server.id} is in state ${server.native}`)
    default:
      return pending(null, 500)
  }
}
