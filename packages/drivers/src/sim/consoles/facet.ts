import { type Console, type ConsolesFacet, done, type Outcome } from '@yiduo/driver-api'
import { type SimCall, type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { conflict, foreign, vanished } from '../refusals.ts'
import { serverById } from '../servers/store.ts'

const lifetimeMs = 600_000

export const createConsoles = (caller: SimCaller): ConsolesFacet => ({
  open: (ask) => caller.read('consoles.open', (call) => open(call, ask)),
})

/** An address under `.invalid` (RFC 6761): it looks like one and leads nowhere, for there is no screen to show. */
const open = async (call: SimCall, ask: Parameters<ConsolesFacet['open']>[0]): Promise<Outcome<Console>> => {
  const { database, cloud, now, markPrefix } = call
  if (isMissing(cloud, 'consoles')) return unsupportedHere(cloud, 'consoles')
  const server = await serverById(database, cloud.name, ask.project.projectId, ask.serverId, now)
  if (server === null || server.native === 'DELETING') return vanished('server', ask.serverId)
  const refusal = foreign(server.mark, markPrefix)
  if (refusal) return refusal
  if (server.native !== 'ACTIVE') return conflict(`The server is in state ${server.native}`)
  const url = `https://console.${cloud.name}.invalid/vnc_auto.html?path=${server.id}-${now.getTime()}`
  return done({ url, protocol: 'novnc', expiresAt: new Date(now.getTime() + lifetimeMs) })
}
