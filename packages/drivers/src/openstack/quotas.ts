import { done, isDone, type Outcome, type ProjectQuota, type ProjectRef } from '@yiduo/driver-api'
import type { ServiceName } from './catalogue.ts'
import type { Cloud } from './cloud.ts'
import { volumeUseShape } from './shapes-volume.ts'

interface Quota {
  readonly service: ServiceName
  path(projectId: string): string
  body(quota: ProjectQuota): unknown
}

/** Where each service keeps its part; a service that is not there has no part. */
const quotas: readonly Quota[] = [
  {
    service: 'compute',
    path: (projectId) => `/os-quota-sets/${projectId}`,
    // Forced: a quota below what is in use stops growth, which is what lowering it is for.
    body: (it) => ({ quota_set: { cores: it.vcpus, ram: it.memoryMib, instances: it.servers, force: true } }),
  },
  {
    service: 'volume',
    path: (projectId) => `/os-quota-sets/${projectId}`,
    body: (it) => ({ quota_set: { gigabytes: it.volumeGib, volumes: it.volumes } }),
  },
  {
    service: 'network',
    path: (projectId) => `/quotas/${projectId}`,
    body: (it) => ({ quota: { floatingip: it.addresses } }),
  },
]

export const setQuotas = (cloud: Cloud, project: ProjectRef, wanted: ProjectQuota): Promise<Outcome<null>> =>
  everywhere(cloud, async (it) => {
    const path = it.path(project.projectId)
    const put = (quota: ProjectQuota) =>
      cloud.act({ service: it.service, method: 'PUT', path, body: it.body(quota), project: null })
    const set = await put(wanted)
    if (it.service !== 'volume' || !('code' in set) || set.code !== 'cloud-request-refused') return set
    // Cinder takes no quota below what is in use, and knows no force: what is in use then stops growth as well.
    const query = { usage: 'true' }
    const told = await cloud.ask({ service: 'volume', path, query, project: null }, volumeUseShape)
    if (!isDone(told)) return set
    const { gigabytes, volumes } = told.value.quota_set
    const held = (use: typeof volumes): number => use.in_use + (use.reserved ?? 0)
    return put({
      ...wanted,
      volumeGib: Math.max(wanted.volumeGib, held(gigabytes)),
      volumes: Math.max(wanted.volumes, held(volumes)),
    })
  })

/** Back to the cloud's defaults, so that no row of a deleted project stays behind. */
export const dropQuotas = (cloud: Cloud, project: ProjectRef): Promise<Outcome<null>> =>
  everywhere(cloud, async (it) => {
    const path = it.path(project.projectId)
    const dropped = await cloud.act({ service: it.service, method: 'DELETE', path, project: null })
    return dropped.outcome === 'absent' ? done(null) : dropped
  })

async function everywhere(cloud: Cloud, act: (it: Quota) => Promise<Outcome<null>>): Promise<Outcome<null>> {
  const session = await cloud.session(null)
  if (!isDone(session)) return session
  const present = quotas.filter((it) => session.value.catalogue[it.service] !== undefined)
  const results = await Promise.all(present.map(act))
  return results.find((it) => !isDone(it)) ?? done(null)
}
