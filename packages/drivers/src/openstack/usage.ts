import {
  done,
  failure,
  isDone,
  type Outcome,
  type ServerUsage,
  type UsageFacet,
  type UsagePage,
} from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { nextOf, pageLimit } from './paging.ts'
import { policyOf, type Rights } from './rights.ts'
import { usagesShape } from './shapes-compute.ts'

interface UsageDeps {
  readonly cloud: Cloud
  readonly rights: Rights
}

/**
 * os-simple-tenant-usage. Nova counts a server with the size it has now, for all the time; it is paged by server from
 * 2.40, which is older than what we speak at least. The cursor is its marker, a server's id.
 */
export const createUsageFacet = ({ cloud, rights }: UsageDeps): UsageFacet => ({
  async report({ from, to }, cursor): Promise<Outcome<UsagePage>> {
    const may = await rights.may('usage')
    if (!isDone(may)) return may
    if (!may.value) return failure('denied', 'cloud-permission-missing', policyOf('usage'))
    const query = {
      detailed: '1',
      start: novaInstant(from),
      end: novaInstant(to),
      limit: String(pageLimit),
      ...(cursor === null ? {} : { marker: cursor }),
    }
    const told = await cloud.ask(
      { service: 'compute', path: '/os-simple-tenant-usage', query, project: null },
      usagesShape,
    )
    if (!isDone(told)) return told
    const items = told.value.tenant_usages.flatMap((it) =>
      (it.server_usages ?? []).map(
        (one): ServerUsage => ({
          projectId: it.tenant_id,
          serverId: one.instance_id,
          name: one.name ?? '',
          serverHours: one.hours,
          vcpuHours: one.hours * one.vcpus,
          memoryMibHours: one.hours * one.memory_mb,
          diskGibHours: one.hours * one.local_gb,
        }),
      ),
    )
    const next = nextOf(told.value.tenant_usages_links)
    const marker = next === null ? null : new URL(next, 'http://unused').searchParams.get('marker')
    if (next !== null && (marker === null || marker === cursor))
      return failure('transient', 'cloud-answer-unreadable', `the link to the next page leads nowhere: ${next}`)
    return done({ items, nextCursor: marker, complete: marker === null })
  },
})

/** UTC without a zone, to the microsecond; Nova takes no other form with fractions. */
const novaInstant = (at: Date): string => at.toISOString().replace(/Z$/, '000')
