import { toId } from '@yiduo/contract'
import { done, isDone, isFailure, type Observed, type Outcome } from '@yiduo/driver-api'
import { type Act, everything } from '../../../kernel/act.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { NewId } from '../../../kernel/identifier.ts'
import { present } from '../../../kernel/invariant.ts'
import type { Record } from '../../../platform/acts/record.ts'
import type { Database } from '../../../platform/database/index.ts'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import type { DriverSource } from '../drivers.ts'
import { type HostRow, saveHosts } from '../host-store.ts'
import { faultOf, listAll } from '../listing.ts'
import { capacityOf, isInOrder, sellableOf, usableImageNames } from '../model.ts'
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
const toldAtOnce = (found: Outcome<unknown>): Outcome<unknown> =>
  isFailure(found) && found.outcome === 'transient' ? { ...found, outcome: 'permanent' } : found

/** What a cloud does not say of a host counts as nothing: it is not placed on. */
const hostOf =
  ({ newId }: Pick<ProbeDeps, 'newId'>) =>
  (it: Observed): HostRow => ({
    id: newId(),
    ref: it.externalId,
    name: it.name,
    inOrder: isInOrder(it),
    nativeState: it.nativeState,
    vcpus: it.facts.vcpus ?? 0,
    vcpusUsed: it.facts.usedVcpus ?? 0,
    memoryMib: it.facts.memoryMib ?? 0,
    memoryMibUsed: it.facts.usedMemoryMib ?? 0,
    zone: it.facts.zone ?? null,
    aggregates: it.facts.aggregates ?? [],
  })

/** A pool is the sum of the hosts that are in order; all are kept. */
const saveCapacity =
  ({ database, newId, clock }: ProbeDeps, platform: store.PlatformRow) =>
  (seen: readonly Observed[]): Promise<unknown> =>
    database.unrecorded(async (tx) => {
      const { hosts, vcpus, memoryMib, usedVcpus, usedMemoryMib } = capacityOf(seen)
      const promised = await store.lockPromised(tx, platform.id, platform.architecture)
      const poolId = await store.savePool(tx, {
        id: newId(),
        platformId: platform.id,
        architecture: platform.architecture,
        hosts,
        vcpusPhysical: vcpus,
        vcpusSellable: sellableOf({
          physical: vcpus,
          overselling: platform.vcpuOverselling,
          used: usedVcpus,
          promised: promised?.vcpusPromised ?? 0,
        }),
        memoryMibPhysical: memoryMib,
        memoryMibSellable: sellableOf({
          physical: memoryMib,
          overselling: 1,
          used: usedMemoryMib,
          promised: promised?.memoryMibPromised ?? 0,
        }),
        observedAt: clock.now(),
      })
      await saveHosts(tx, poolId, seen.map(hostOf({ newId })))
    })

/** A cloud whose hosts cannot be seen is one pool of what its contract promises; until that is entered, a modest one. */
const assumed = { vcpus: 1_024, memoryMib: 4_194_304 }

/** Hosts that cannot be seen any more leave the figures as they were seen last. */
const assumeCapacity = ({ database, newId, clock }: ProbeDeps, platform: store.PlatformRow): Promise<unknown> =>
  store.insertPool(database.plain, {
    id: newId(),
    platformId: platform.id,
    architecture: platform.architecture,
    hosts: null,
    vcpusPhysical: assumed.vcpus,
    vcpusSellable: Math.floor(assumed.vcpus * platform.vcpuOverselling),
    memoryMibPhysical: assumed.memoryMib,
    memoryMibSellable: assumed.memoryMib,
    observedAt: clock.now(),
  })

/** Lists one kind and notes how that went. Where it went wrong, what was known before stays, with the reason beside it. */
const seeKind = async (
  { database, clock, drivers }: ProbeDeps,
  platform: store.PlatformRow,
  kind: 'host' | 'image',
  save: (items: readonly Observed[]) => Promise<unknown>,
): Promise<Outcome<null>> => {
  const at = clock.now()
  const found = await listAll(drivers.of(platform), kind)
  await store.saveObservation(database.plain, { platformId: platform.id, kind, at, fault: faultOf(found) })
  if (!isDone(found)) return found
  await save(found.value)
  return done(null)
}

/** What a platform has to offer. Images that cannot be listed do not keep the hosts from being counted. */
const see =
  (deps: ProbeDeps) =>
  async (platform: store.PlatformRow): Promise<Outcome<unknown>> => {
    const sees = (name: 'hosts' | 'images' | 'projects') => platform.capabilities[name]?.supported ?? false
    const save = saveCapacity(deps, platform)
    const hosts = sees('hosts') ? await seeKind(deps, platform, 'host', save) : done(null)
    if (!sees('hosts')) await assumeCapacity(deps, platform)
    const saveImages = (items: readonly Observed[]) =>
      store.saveImages(deps.database.plain, platform.id, usableImageNames(items, sees('projects')))
    const images = sees('images') ? await seeKind(deps, platform, 'image', saveImages) : done(null)
    return isDone(hosts) ? images : hosts
  }

export const createPlatformProbe = (deps: ProbeDeps): Saga<ProbeInput> =>
  saga('platform-probe', [
    {
      name: 'probe',
      run: async (context) => toldAtOnce(await look(deps)(context.act, await platformOf(deps, context))),
      undo: nothing('only looked'),
    },
    {
      name: 'see-capacity',
      run: async (context) => toldAtOnce(await see(deps)(await platformOf(deps, context))),
      undo: nothing('only looked'),
    },
  ])

/** Looks at a platform without anybody's asking: as it answers now, and what it holds. */
export const probeAgain = async (deps: ProbeDeps, platform: store.PlatformRow, act: Act): Promise<Outcome<unknown>> => {
  const found = await look(deps)(act, platform)
  if (!isDone(found)) return found
  return see(deps)(present(await store.findPlatform(deps.database.plain, everything, platform.id), 'platform'))
}
