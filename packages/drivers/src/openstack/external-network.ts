import { done, failure, isDone, type Outcome } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { networksShape } from './shapes-network.ts'

export interface ExternalNetwork {
  /** Its id; `cloud-no-external-network` where there is none. */
  id(): Promise<Outcome<string>>
}

/** The network with a way out: the one named in the settings, else the oldest that calls itself external. */
export function createExternalNetwork(cloud: Cloud, name: string | null): ExternalNetwork {
  let known: string | null = null
  return {
    async id() {
      if (known !== null) return done(known)
      const query = { 'router:external': 'true', ...(name === null ? {} : { name }) }
      const found = await cloud.ask({ service: 'network', path: '/networks', query, project: null }, networksShape)
      if (!isDone(found)) return found
      const [first] = found.value.networks.toSorted((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? ''))
      if (first === undefined)
        return failure(
          'permanent',
          'cloud-no-external-network',
          `no external network${name === null ? '' : ` ${name}`}`,
        )
      known = first.id
      return done(first.id)
    },
  }
}
