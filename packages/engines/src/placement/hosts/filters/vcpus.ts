import type { HostFilter } from './filter.ts'

export const vcpus: HostFilter = {
  name: 'vcpus',
  code: 'vcpus-short',
  admits: (fleet, host, shape) => (fleet.vcpusMilliFree[host] ?? 0) >= shape.vcpusMilli,
}
