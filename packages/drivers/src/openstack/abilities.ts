import { done, failure, isDone, type Outcome } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { type Microversion, type Microversions, needed, printed, reaches } from './microversions.ts'

/** Done where the cloud's version allows it, else `cloud-unsupported` with both versions. */
export interface Abilities {
  /** Nova takes tags, our marks, at creation. */
  markServers(): Promise<Outcome<null>>
  serverGroups(): Promise<Outcome<null>>
  remoteConsoles(): Promise<Outcome<null>>
  extendAttached(): Promise<Outcome<null>>
  revert(): Promise<Outcome<null>>
}

export function createAbilities(cloud: Cloud, microversions: Microversions): Abilities {
  async function speaks(service: 'compute' | 'volume', least: Microversion): Promise<Outcome<null>> {
    const session = await cloud.session(null)
    if (!isDone(session)) return session
    const versions = await microversions.of(service, session.value)
    if (!isDone(versions)) return versions
    const { spoken } = versions.value
    if (reaches(spoken, least)) return done(null)
    return failure('permanent', 'cloud-unsupported', `${service} ${printed(spoken)} is older than ${printed(least)}`)
  }
  return {
    markServers: () => speaks('compute', needed.serverTags),
    remoteConsoles: () => speaks('compute', needed.remoteConsoles),
    serverGroups: () => speaks('compute', needed.serverGroupPolicy),
    revert: () => speaks('volume', needed.revert),
    extendAttached: () => speaks('volume', needed.extendAttached),
  }
}
