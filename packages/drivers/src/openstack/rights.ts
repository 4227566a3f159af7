import { done, isDone, type Outcome } from '@yiduo/driver-api'
import { Type } from 'typebox'
import type { Cloud } from './cloud.ts'
import type { Session } from './keystone.ts'
import { shape } from './shape.ts'

export interface Rights {
  /** Whether Keystone lets us see every project: what `admin` means, whatever the cloud calls the role. */
  isAdmin(): Promise<Outcome<boolean>>
}

const nothing = shape(Type.Object({ projects: Type.Array(Type.Unknown()) }))

export function createRights(cloud: Cloud): Rights {
  // As long as the token: rights may change with the next one.
  const known = new WeakMap<Session, boolean>()
  return {
    async isAdmin() {
      const session = await cloud.session(null)
      if (!isDone(session)) return session
      const before = known.get(session.value)
      if (before !== undefined) return done(before)
      // Policy is asked before the search; a name that nobody has keeps the answer empty.
      const answer = await cloud.ask(
        { service: 'identity', path: '/projects', query: { name: 'yd-nobody-has-this-name' }, project: null },
        nothing,
      )
      if (!isDone(answer) && answer.outcome !== 'denied') return answer
      known.set(session.value, isDone(answer))
      return done(isDone(answer))
    },
  }
}
