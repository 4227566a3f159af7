import type { HostFilter } from './filter.ts'

export const memory: HostFilter = {
  name: 'memory',
  code: 'memory-short',
  admits: (fleet, host, shape) => (fleet.memoryMibFree[host] ?? 0) >= shape.memoryMib,
}
