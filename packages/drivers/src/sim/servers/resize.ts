import {
  done,
  failure,
  type Outcome,
  pending,
  type ServerRef,
  type ServerSize,
  type ServersFacet,
} from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { quotaRefusal } from '../quotas/refusal.ts'
import { conflict, foreign, noRoom, notYet, refused, vanished } from '../refusals.ts'
import { fitOf, noFittingFlavour, refOf } from './fit.ts'
import {
  confirmResize,
  type ResizeTarget,
  resizeFacts,
  revertResize,
  type ServerRow,
  serverById,
  startResize,
} from './store.ts'

type Ask = Parameters<ServersFacet['resize']>[0]

/** Three phases, as in real clouds: the move to the new size, its verification, and our confirmation. */
export const resizeServer = async (call: SimCall, ask: Ask): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  const server = await serverById(database, cloud.name, ask.project.projectId, ask.serverId, now)
  if (server === null) return vanished('server', ask.serverId)
  const refusal = foreign(server.mark, call.markPrefix)
  if (refusal) return refusal
  if (server.target) return followUp(call, ask, server, server.target)
  switch (server.native) {
    case 'ACTIVE':
    case 'SHUTOFF':
      return begin(call, ask, server)
    case 'BUILD':
      return notYet('The server is still being built')
    case 'STARTING':
    case 'STOPPING':
    case 'REBOOT':
    case 'REBUILD':
      return notYet(`The server is in state ${server.native}`)
    case 'DELETING':
      return conflict('The server is being removed')
    default:
      return failure('permanent', 'cloud-thing-broken', `The server ${server.id} is in state ${server.native}`)
  }
}

const begin = async (call: SimCall, ask: Ask, server: ServerRow): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  const { diskGib } = server.size
  if (server.diskOnVolume && ask.size.diskGib > diskGib)
    return failure('permanent', 'cloud-unsupported', `The system disk is a volume of ${diskGib} GiB`)
  const wanted = server.diskOnVolume ? { ...ask.size, diskGib: 0 } : ask.size
  const facts = await resizeFacts(database, cloud.name, ask.project.projectId, wanted)
  const flavour = facts && (await fitOf(call, facts.flavour, wanted))
  if (!flavour) return noFittingFlavour(ask.size)
  const fit = server.diskOnVolume ? { ...flavour, size: { ...flavour.size, diskGib } } : flavour
  if (sameSize(fit.size, server.size)) return done(refOf(server))
  if (fit.size.diskGib < server.size.diskGib) return refused('The system disk of a server cannot shrink')
  const short = quotaRefusal(facts.quota, facts.used, {
    vcpus: fit.size.vcpus - server.size.vcpus,
    memoryMib: fit.size.memoryMib - server.size.memoryMib,
  })
  if (short) return short
  const readyAt = new Date(now.getTime() + cloud.serverResizeMs)
  const started = await startResize(database, cloud, server, fit, readyAt, call.breaks)
  if (started === null) return noRoom('No valid host was found for the new size')
  return pending(server.id, Math.min(cloud.serverResizeMs, 1_000))
}

const followUp = async (
  call: SimCall,
  ask: Ask,
  server: ServerRow,
  target: ResizeTarget,
): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  if (server.native === 'HOST_LOST' || server.native === 'DELETING')
    return failure('permanent', 'cloud-thing-broken', `The server ${server.id} is in state ${server.native}`)
  const leftMs = target.readyAtMs - now.getTime()
  if (leftMs > 0) return pending(server.id, Math.min(leftMs, 1_000))
  if (target.fails) {
    await revertResize(database, cloud.name, server.id)
    return failure('permanent', 'cloud-thing-broken', 'The resize failed; the server was put back to its old size')
  }
  await confirmResize(database, cloud.name, server.id)
  // Judged anew: what was under way may not be what is asked for now.
  return begin(call, ask, { ...server, size: target.size, hostName: target.hostName, target: null })
}

const sameSize = (a: ServerSize, b: ServerSize): boolean =>
  a.vcpus === b.vcpus && a.memoryMib === b.memoryMib && a.diskGib === b.diskGib
