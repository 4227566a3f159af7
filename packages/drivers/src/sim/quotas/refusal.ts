import { type Failure, failure, type ProjectQuota } from '@yiduo/driver-api'

const keys = [
  'servers',
  'vcpus',
  'memoryMib',
  'volumes',
  'volumeGib',
  'addresses',
] as const satisfies (keyof ProjectQuota)[]

/** The first figure of the project's quota that what is asked for would exceed; a null quota is without limit. */
export const quotaRefusal = (
  quota: ProjectQuota | null,
  used: ProjectQuota,
  more: Partial<ProjectQuota>,
): Failure | null => {
  if (quota === null) return null
  const key = keys.find((name) => (more[name] ?? 0) > 0 && used[name] + (more[name] ?? 0) > quota[name])
  return key === undefined
    ? null
    : failure(
        'exhausted',
        'cloud-quota-exceeded',
        `Quota exceeded for ${key}: asked ${more[key]}, used ${used[key]} of ${quota[key]} (HTTP 403)`,
      )
}
