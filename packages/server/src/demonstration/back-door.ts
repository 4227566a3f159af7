import { fromId } from '@yiduo/contract'
import { isDone } from '@yiduo/driver-api'
import { invariant, present } from '../kernel/invariant.ts'
import { resourceOf, type Stage } from './stage.ts'

const callLimitMs = 10_000

/** Detaches a request's volume past Yiduo, as somebody with the cloud's own console could; it is found when looked at. */
export const detachVolume = async (stage: Stage, requestId: string): Promise<void> => {
  const { rooms, registry, database, markPrefix } = stage.yiduo
  const server = await resourceOf(stage, requestId, 'server')
  const volume = await resourceOf(stage, requestId, 'volume')
  const uuidOf = (kind: 'system' | 'platform', id: string): string => present(fromId(kind, id), kind)
  const platform = await rooms.nodes.platform(database.plain, uuidOf('platform', server.platformId))
  const project = await rooms.projects.find(uuidOf('system', server.systemId), platform.id)
  await using driver = present(registry[platform.driver], platform.driver).create({
    endpoint: platform.endpoint,
    settings: {},
    credential: { token: present(stage.tokens.get(platform.code), platform.code) },
    markPrefix,
    now: () => stage.clock.now(),
    callLimitMs,
    underWay: new Map(),
  })
  const detached = await driver.volumes.detach(
    {
      project: present(project?.projectRef, 'project'),
      volumeId: present(volume.externalId, 'volume'),
      serverId: present(server.externalId, 'server'),
    },
    { since: null, handle: null },
  )
  invariant(isDone(detached), 'the simulated cloud detaches')
}
