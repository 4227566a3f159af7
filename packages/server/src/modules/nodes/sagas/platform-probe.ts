import { toId } from '@yiduo/contract'
import {
  type Driver,
  done,
  failure,
  isDone,
  isFailure,
  type Observed,
  type ObservedKind,
  type Outcome,
} from '@yiduo/driver-api'
import { type Act, everything } from '../../../kernel/act.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { NewId } from '../../../kernel/identifier.ts'
import { present } from '../../../kernel/invariant.ts'
import type { Record } from '../../../platform/acts/record.ts'
import type { Database } from '../../../platform/database/index.ts'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import type { DriverSource } from '../drivers.ts'
import * as store from '../store.ts'

export interface ProbeInput {
  readonly platformId: string
}

export interface ProbeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly drivers: DriverSource
}

type Context = StepContext<ProbeInput>

const platformOf = async ({ database }: ProbeDeps, { input }: Context): Promise<store.PlatformRow> =>
  present(await store.findPlatform(database.plain, everything, input.platformId), 'platform')

/** Everything of one kind the cloud shows; the first failure ends it. */
export const listAll = async (driver: Driver, kind: ObservedKind): Promise<Outcome<readonly Observed[]>> => {
  const items: Observed[] = []
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<Driver['list']>> = await driver.list(kind, cursor)
    if (!isDone(page)) return page
    items.push(...page.value.items)
    if (page.value.complete) return done(items)
    cursor = page.value.nextCursor
    if (cursor === null) return failure('transient', 'cloud-answer-unreadable', `the list of ${kind}s was cut short`)
  }
}

/** What was found is kept also when it is bad news: the platform says why nothing is placed on it. */
const look =
  (deps: ProbeDeps) =>
  async (act: Act, platform: store.PlatformRow): Promise<Outcome<unknown>> => {
    const found = await deps.drivers.of(platform).probe()
    const state = isDone(found) ? 'online' : isFailure(found) && found.outcome === 'denied' ? 'refused' : 'unreachable'
    await deps.database.transaction({ ...act, operation: 'platform.probe' }, async (tx) => {
      const report = isDone(found) ? found.value : null
      await store.saveProbe(tx, {
        id: platform.id,
        state,
        product: report?.product ?? null,
        version: report?.version ?? null,
        capabilities: report?.capabilities ?? null,
        missingPermissions: report?.missingPermissions ?? [],
        probedAt: deps.clock.now(),
      })
      if (state !== platform.state)
        await deps.record(tx, {
          on: toId('platform', platform.id),
          organisationId: platform.organisationId,
          before: { state: platform.state },
          after: { state },
        })
    })
    return found
  }

/** A person waits for this answer: what repeating cannot mend soon is told at once. */
const probe =
  (deps: ProbeDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const found = await look(deps)(context.act, await platformOf(deps, context))
    return isFailure(found) && found.outcome === 'transient' ? { ...found, outcome: 'permanent' } : found
  }

const see =
  (deps: ProbeDeps) =>
  async (platform: store.PlatformRow): Promise<Outcome<unknown>> => {
    const driver = deps.drivers.of(platform)
    const sees = (name: 'hosts' | 'images') => platform.capabilities[name]?.supported ?? false
    const hosts = sees('hosts') ? await listAll(driver, 'host') : done(null)
    if (!isDone(hosts)) return hosts
    const images = sees('images') ? await listAll(driver, 'image') : done(null)
    if (!isDone(images)) return images
    await deps.database.unrecorded(async (tx) => {
      await store.saveImages(tx, platform.id, images.value?.map((image) => image.name) ?? null)
      const usable = hosts.value?.filter((host) => host.facts.enabled !== false) ?? null
      const sum = (of: 'vcpus' | 'memoryMib') => usable?.reduce((total, host) => total + (host.facts[of] ?? 0), 0)
      // A cloud whose hosts cannot be seen is one pool of what its contract promises; until that is entered, a modest one.
      const vcpus = sum('vcpus') ?? 1_024
      const memoryMib = sum('memoryMib') ?? 4_194_304
      await store.savePool(tx, {
        id: deps.newId(),
        platformId: platform.id,
        architecture: platform.architecture,
        hosts: usable?.length ?? null,
        vcpusPhysical: vcpus,
        vcpusSellable: Math.floor(vcpus * platform.vcpuOverselling),
        memoryMibPhysical: memoryMib,
        memoryMibSellable: memoryMib,
        observedAt: deps.clock.now(),
      })
    })
    return done(null)
  }

export const createPlatformProbe = (deps: ProbeDeps): Saga<ProbeInput> =>
  saga('platform-probe', [
    { name: 'probe', run: probe(deps), undo: nothing('only looked') },
    {
      name: 'see-capacity',
      run: async (context) => see(deps)(await platformOf(deps, context)),
      undo: nothing('only looked'),
    },
  ])

/** Looks at a platform without anybody's asking: as it answers now, and what it holds. */
export const probeAgain = async (deps: ProbeDeps, platform: store.PlatformRow, act: Act): Promise<void> => {
  const found = await look(deps)(act, platform)
  if (isDone(found))
    await see(deps)(present(await store.findPlatform(deps.database.plain, everything, platform.id), 'platform'))
}
