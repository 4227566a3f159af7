import { type Console, type ConsolesFacet, done, type Outcome } from '@yiduo/driver-api'
import { type SimCall, type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { conflict, foreign, vanished } from '../refusals.ts'
import { serverById } from '../servers/store.ts'
import type { Seen } from './screen.ts'
import type { Screens } from './screens.ts'
import { nameAndState } from './store.ts'

const lifetimeMs = 600_000

interface ConsolesDeps {
  readonly caller: SimCaller
  readonly screens: Screens
  readonly clock: () => Date
}

export const createConsoles = (deps: ConsolesDeps): ConsolesFacet => ({
  open: (ask) => deps.caller.read('consoles.open', (call) => open(deps, call, ask)),
})

const open = async (
  { screens, clock }: ConsolesDeps,
  call: SimCall,
  { project, serverId, protocol }: Parameters<ConsolesFacet['open']>[0],
): Promise<Outcome<Console>> => {
  const { database, cloud, now, markPrefix } = call
  if (isMissing(cloud, 'consoles')) return unsupportedHere(cloud, 'consoles')
  const server = await serverById(database, cloud.name, project.projectId, serverId, now)
  if (server === null || server.native === 'DELETING') return vanished('server', serverId)
  const refusal = foreign(server.mark, markPrefix)
  if (refusal) return refusal
  if (server.native !== 'ACTIVE') return conflict(`The server is in state ${server.native}`)
  const look = async (): Promise<Seen | null> => {
    const at = clock()
    const it = await nameAndState(database, cloud.name, serverId, at)
    const runs = it?.native === 'ACTIVE' || it?.native === 'REBOOT'
    return it && runs ? { cloud: cloud.name, name: it.name, id: serverId, state: it.native, now: at } : null
  }
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  const url = await screens.admit({ protocol, until: expiresAt, look })
  return done({ url, subprotocol: null, expiresAt, trust: { caCertificate: null, insecure: false } })
}
