import { done, type Outcome, type ServersFacet } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { foreign, vanished } from '../refusals.ts'
import { serverById, updateName } from './store.ts'

export const renameServer = async (
  call: SimCall,
  ask: Parameters<ServersFacet['rename']>[0],
): Promise<Outcome<null>> => {
  const { database, cloud, now } = call
  const server = await serverById(database, cloud.name, ask.project.projectId, ask.serverId, now)
  if (server === null || server.native === 'DELETING') return vanished('server', ask.serverId)
  const refusal = foreign(server.mark, call.markPrefix)
  if (refusal) return refusal
  await updateName(database, cloud.name, server.id, ask.name)
  return done(null)
}
