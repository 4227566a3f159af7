import { expect, test } from 'vitest'
import { startLoopbackCloud } from './testing/loopback-cloud.ts'

const ask = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
const server = { instance_id: 's-1', name: 'web', hours: 10, vcpus: 2, memory_mb: 4_096, local_gb: 40 }

test('the report is read in pages, and hours become quantities', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  cloud.on('GET', /\/os-simple-tenant-usage$/, ({ query }) =>
    query.has('marker')
      ? { json: { tenant_usages: [{ tenant_id: 'p-2', server_usages: [{ ...server, instance_id: 's-2' }] }] } }
      : {
          json: {
            tenant_usages: [{ tenant_id: 'p-1', server_usages: [server] }, { tenant_id: 'p-0' }],
            tenant_usages_links: [{ rel: 'next', href: 'http://inside/os-simple-tenant-usage?marker=s-1' }],
          },
        },
  )
  const { usage } = cloud.driver()
  expect(await usage.report(ask, null)).toEqual({
    outcome: 'done',
    value: {
      items: [
        {
          projectId: 'p-1',
          serverId: 's-1',
          name: 'web',
          serverHours: 10,
          vcpuHours: 20,
          memoryMibHours: 40_960,
          diskGibHours: 400,
        },
      ],
      nextCursor: 's-1',
      complete: false,
    },
  })
  expect(await usage.report(ask, 's-1')).toMatchObject({ value: { items: [{ serverId: 's-2' }], complete: true } })
  expect(cloud.asked.at(-1)?.query.get('start')).toBe('2026-11-01T00:00:00.000000')
})

test('a page that leads to itself is no end of the report', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const tenant_usages_links = [{ rel: 'next', href: 'http://inside/?marker=s-1' }]
  cloud.on('GET', /\/os-simple-tenant-usage$/, () => ({ json: { tenant_usages: [], tenant_usages_links } }))
  expect(await cloud.driver().usage.report(ask, 's-1')).toMatchObject({ code: 'cloud-answer-unreadable' })
})

test('who may not see everyone’s usage is told the policy', async () => {
  await using cloud = await startLoopbackCloud()
  const { usage } = cloud.driver()
  expect(await usage.report(ask, null)).toMatchObject({
    outcome: 'denied',
    words: expect.stringContaining('usage:list'),
  })
})
