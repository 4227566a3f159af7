import type { HostFilter } from './filter.ts'

/** Nothing new comes to a host under maintenance, and nothing to one that has gone. */
export const inService: HostFilter = {
  name: 'in-service',
  code: 'host-out-of-service',
  admits: (fleet, host) => fleet.inService[host] === 1,
}
