import {
  type ConformanceTarget,
  conformanceChecks,
  createPolling,
  type Driver,
  failure,
  type MakingCall,
  renderReport,
  runConformance,
  summarise,
} from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import type { SimCloudDescription, SimFaultOrder } from '../../../drivers/src/sim/index.ts'
import { createSimWorld, markPrefix, type SimWorld, token } from './sim-world.ts'

const targetOf = ({ driver, connect, clock, mark, fault }: SimWorld): ConformanceTarget => {
  const disturb = (mode: 'lostAfter' | 'lostBefore') => async (call: MakingCall) => {
    const order: SimFaultOrder = { call, mode }
    const ordered = await fault(order)
    return {
      struck: async () => (await ordered.remaining()) === 0,
      [Symbol.asyncDispose]: () => ordered[Symbol.asyncDispose](),
    }
  }
  return {
    driver,
    connection: { markPrefix, credential: { token }, now: clock.now },
    mark,
    until: createPolling({ now: clock.now, deadlineMs: 120_000, pause: async () => clock.advance(500) }),
    size: {
      small: { vcpus: 1, memoryMib: 2_048, diskGib: 40 },
      large: { vcpus: 2, memoryMib: 4_096, diskGib: 40 },
    },
    imageName: 'openEuler 24.03 LTS',
    routed: true,
    impostor: connect({ credential: { token: 'not-the-token' } }),
    stranger: { driver: connect({ markPrefix: 'yd-other1-' }), markPrefix: 'yd-other1-' },
    losesAnswer: disturb('lostAfter'),
    losesCall: disturb('lostBefore'),
  }
}

const resultsOf = async (description: Partial<SimCloudDescription>) => {
  await using world = await createSimWorld(description)
  // Awaited here: the world must not end before the run does.
  return await runConformance(targetOf(world))
}

test('the simulated cloud passes every check', async () => {
  const report = await resultsOf({ privateFlavours: true })
  expect(report.results.filter((it) => it.verdict !== 'passed')).toEqual([])
  expect(report.results.map((it) => it.name).sort()).toEqual(
    [...conformanceChecks.map((it) => it.name), 'traces.all-removed'].sort(),
  )
  expect(report.certified).toBe(true)
  expect(summarise(report)).toBe(`${report.results.length} passed, 0 failed, 0 not applicable`)
  expect(renderReport(report)).toContain('# 云平台对接检测报告: Yiduo simulated cloud 1')
})

test('a cloud that shows little is certified for what it has, each gap with its reason', async () => {
  const reason = 'credential-bound-to-one-project'
  const report = await resultsOf({
    missing: {
      projects: { reason },
      projectQuotas: { reason },
      hosts: { reason: 'needs-admin-rights' },
      serverResize: { reason: 'not-in-this-cloud' },
      volumeExtendAttached: { reason: 'version-too-old', words: 'needs 3.42' },
      addresses: { reason: 'service-not-installed' },
      flavours: { reason: 'not-in-this-cloud' },
    },
  })
  expect(report.results.filter((it) => it.verdict === 'failed')).toEqual([])
  expect(report.certified).toBe(true)
  expect(report.results.find((it) => it.name === 'volume.attached-grows')).toMatchObject({
    verdict: 'not-applicable',
    words: 'volumeExtendAttached: version-too-old, needs 3.42',
  })
  expect(report.results.find((it) => it.name === 'server.made-and-shown')?.verdict).toBe('passed')
})

/** Drivers that break one promise each, and the check that must notice. */
const breaches: readonly {
  readonly promise: string
  readonly check: string
  readonly spoil: (it: Driver) => Driver
}[] = [
  {
    promise: 'a repetition adopts',
    check: 'port.same-mark-one-thing',
    spoil: (it) => ({
      ...it,
      networks: {
        ...it.networks,
        createPort: (ask, attempt) =>
          it.networks.createPort(attempt.since === null ? ask : { ...ask, mark: `${ask.mark}-again` }, attempt),
      },
    }),
  },
  {
    promise: 'a listing counts right',
    check: 'core.list-flavour',
    spoil: (it) => ({
      ...it,
      list: async (kind, cursor) => {
        const page = await it.list(kind, cursor)
        return page.outcome === 'done' ? { ...page, value: { ...page.value, count: page.value.count + 1 } } : page
      },
    }),
  },
  {
    promise: 'a removal removes',
    check: 'traces.nothing-left',
    spoil: (it) => ({
      ...it,
      addresses: { ...it.addresses, release: async () => ({ outcome: 'done', value: null }) },
    }),
  },
  {
    promise: 'what is another installation’s is left alone',
    check: 'network.of-another-installation',
    spoil: (it) => ({
      ...it,
      networks: { ...it.networks, remove: async () => ({ outcome: 'done', value: null }) },
    }),
  },
  {
    promise: 'a changed quota holds',
    check: 'project.quota-changed',
    spoil: (it) => ({
      ...it,
      projects: {
        ...it.projects,
        ensure: (ask, attempt) => it.projects.ensure(attempt.since === null ? ask : { ...ask, quota: null }, attempt),
      },
    }),
  },
  {
    promise: 'words contain no secret',
    check: 'traces.no-secret-in-words',
    spoil: (it) => ({
      ...it,
      servers: {
        ...it.servers,
        resize: async () => failure('permanent', 'cloud-request-refused', `refused to ${token}`),
      },
    }),
  },
  {
    promise: 'nothing is thrown',
    check: 'server.resized-up-and-down',
    spoil: (it) => ({
      ...it,
      servers: {
        ...it.servers,
        resize: () => {
          throw new TypeError('undefined is not a function')
        },
      },
    }),
  },
]

test.each(breaches)('a driver that breaks "$promise" fails $check', async ({ check, spoil }) => {
  await using world = await createSimWorld()
  const target = targetOf(world)
  const report = await runConformance({ ...target, driver: spoil(target.driver) })
  expect(report.certified).toBe(false)
  expect(report.results.find((it) => it.name === check)?.verdict).toBe('failed')
  expect(renderReport(report, 'en')).not.toContain(token)
})

test('an interrupted run leaves nothing behind and certifies nothing', async () => {
  await using world = await createSimWorld()
  const target = targetOf(world)
  const interruption = new AbortController()
  const driver: Driver = {
    ...target.driver,
    servers: {
      ...target.driver.servers,
      create: (ask, attempt) => {
        interruption.abort()
        return target.driver.servers.create(ask, attempt)
      },
    },
  }
  const report = await runConformance({ ...target, driver, signal: interruption.signal })
  expect(report.certified).toBe(false)
  expect(report.results.filter((it) => it.verdict === 'failed')).toEqual([])
  expect(report.results.find((it) => it.name === 'traces.nothing-left')?.verdict).toBe('passed')
  const servers = await world.driver.list('server', null)
  expect(servers).toMatchObject({ outcome: 'done', value: { items: [] } })
})
