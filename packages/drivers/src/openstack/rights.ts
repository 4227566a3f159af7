import { done, isFailure, type Outcome } from '@yiduo/driver-api'
import { Type } from 'typebox'
import type { Call, Cloud } from './cloud.ts'
import type { Session } from './keystone.ts'
import { shape } from './shape.ts'

/** What a cloud lets an operator's credential do beyond its own project, each judged by its service's own policy. */
export type Right = 'projects' | 'roles' | 'hosts' | 'servers' | 'volumes' | 'flavours' | 'usage'

interface Question {
  /** As the service's operator knows it. */
  readonly policy: string
  /** The act in the form that changes nothing and answers little. */
  readonly call: Omit<Call, 'project'>
}

/** Policy is asked before the search; a name that nobody has keeps the answer empty. */
const questions: Readonly<Record<Right, Question>> = {
  projects: {
    policy: 'identity:list_projects',
    call: { service: 'identity', path: '/projects', query: { name: 'yd-nobody-has-this-name' } },
  },
  roles: { policy: 'identity:list_roles', call: { service: 'identity', path: '/roles', query: { name: 'member' } } },
  hosts: {
    policy: 'os_compute_api:os-hypervisors:list',
    call: { service: 'compute', path: '/os-hypervisors', query: { limit: '1' } },
  },
  servers: {
    policy: 'os_compute_api:servers:detail:get_all_tenants',
    call: { service: 'compute', path: '/servers/detail', query: { limit: '1', all_tenants: '1' } },
  },
  flavours: {
    policy: 'os_compute_api:os-flavor-manage:create',
    // Making one could not be asked without making it; whoever may delete one may make one.
    call: { service: 'compute', method: 'DELETE', path: '/flavors/yd-nobody-has-this-name' },
  },
  usage: {
    policy: 'os_compute_api:os-simple-tenant-usage:list',
    call: {
      service: 'compute',
      path: '/os-simple-tenant-usage',
      query: { start: '2000-01-01T00:00:00', end: '2000-01-01T00:00:01' },
    },
  },
  volumes: {
    policy: 'volume:get_all',
    call: { service: 'volume', path: '/volumes/detail', query: { limit: '1', all_tenants: '1' } },
  },
}
// The names of a table's rows; `keys` cannot say so.
export const rightNames = Object.keys(questions) as readonly Right[]

export const policyOf = (right: Right): string => questions[right].policy
export const serviceOf = (right: Right): Call['service'] => questions[right].call.service

export interface Rights {
  may(right: Right): Promise<Outcome<boolean>>
}

const anything = shape(Type.Unknown())

export function createRights(cloud: Cloud): Rights {
  // As long as the token: rights may change with the next one.
  const known = new WeakMap<Session, Map<Right, boolean>>()
  return {
    async may(right) {
      const session = await cloud.session(null)
      if (session.outcome !== 'done') return session
      const answers = known.get(session.value) ?? new Map<Right, boolean>()
      known.set(session.value, answers)
      const before = answers.get(right)
      if (before !== undefined) return done(before)
      const asked = await cloud.ask({ ...questions[right].call, project: null }, anything)
      if (isFailure(asked) && !isRefusal(asked.code)) return asked
      // Nothing there to be deleted: policy let us as far as that.
      const may = asked.outcome === 'done' || asked.outcome === 'absent'
      answers.set(right, may)
      return done(may)
    },
  }
}

/** Cinder before Xena takes the wish for everyone's volumes for a wrong filter, 400 (bug 1917574). */
const isRefusal = (code: string): boolean => code === 'cloud-permission-missing' || code === 'cloud-request-refused'
