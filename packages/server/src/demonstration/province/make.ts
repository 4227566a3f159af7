import { encodeUuid } from '@yiduo/contract'
import { surveySimCloud } from '@yiduo/drivers'
import { invariant, present } from '../../kernel/invariant.ts'
import { insertQuotas } from '../../modules/quota/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { simDatabaseWithin } from '../../platform/database/sim-database.ts'
import { externalRangeOf, type PlannedCloud } from '../clouds.ts'
import type { OrganisationIds } from '../organisations.ts'
import type { PlanIds } from '../price-list.ts'
import { direction, type Scene } from '../scene.ts'
import { truths } from '../truths.ts'
import { billsOf, type Tariff } from './bills.ts'
import type { Chance } from './chance.ts'
import { type Draft, type Drafting, draftSystem, emptyCloud, emptyDraft } from './draft.ts'
import { type Ground, layGround } from './ground.ts'
import { createPlacing } from './placing.ts'
import { addHeld, type Held, quotaLimits } from './quotas.ts'
import { addStrangers } from './strangers.ts'
import { type PlannedSystem, planSystems } from './systems.ts'
import { type Count, nothingYet, writeBills, writeClouds, writeDraft } from './write.ts'

export interface ProvinceAsk {
  readonly chance: Chance
  readonly today: Date
  readonly clouds: readonly PlannedCloud[]
  readonly organisations: OrganisationIds
  readonly plans: PlanIds
}

/** The first addresses of a cloud are left to what is ordered there one by one. */
const reservedAddresses = 256

const addressesFrom = (range: string): (() => string) => {
  const [, base = '', third = ''] = /^(\d+\.\d+)\.(\d+)\.0\/22$/.exec(range) ?? []
  let next = reservedAddresses
  return () => {
    next += 1
    return `${base}.${Number(third) + (next >> 8)}.${next & 255}`
  }
}

const openClouds = async (scene: Scene, tx: Tx, ask: ProvinceAsk): Promise<Drafting['clouds']> => {
  const surveys = new Map<string, Awaited<ReturnType<typeof surveySimCloud>>>()
  for (const { code } of ask.clouds) surveys.set(code, await surveySimCloud(simDatabaseWithin(tx), code))
  const overselling = new Map(ask.clouds.map((it) => [it.code, it.overselling]))
  const placing = createPlacing(surveys, overselling, truths.overselling.platform)
  const markOf = (uuid: string): string => scene.yiduo.markPrefix + encodeUuid(uuid)
  return new Map(
    ask.clouds.map(({ code }, index) => [
      code,
      {
        survey: present(surveys.get(code), code),
        placing,
        markOf,
        nextAddress: addressesFrom(externalRangeOf(index)),
        stock: emptyCloud(),
      },
    ]),
  )
}

const tariffOf = async ({ yiduo: { rooms } }: Scene, tx: Tx, ground: Ground): Promise<Tariff> => {
  const plans = ['x86-64', 'arm64'].flatMap((architecture) => ground.plans(architecture))
  const ids = [...new Set(plans.flatMap(({ metering }) => Object.values(metering)))]
  const components = new Map((await rooms.catalogue.componentsById(tx, ids)).map((it) => [it.id, it]))
  return { components, prices: await rooms.catalogue.pricesOf(tx, ids) }
}

/** By owner; whose system fills its platform comes last, for it takes what all others leave. */
const systemsByOwner = (ground: Ground): readonly (readonly PlannedSystem[])[] => {
  const groups = [...Map.groupBy(planSystems(ground), ({ owner }) => owner.name).values()]
  const isFilling = (group: readonly PlannedSystem[]): boolean =>
    group.some((it) => it.special === 'fills its platform')
  return groups.toSorted((a, b) => Number(isFilling(a)) - Number(isFilling(b)))
}

/** Department by department: what is written is forgotten, so that no more than some rows lie here at a time. */
const writeAll = async (scene: Scene, tx: Tx, ground: Ground, clouds: Drafting['clouds']): Promise<Count> => {
  const draft: Draft = emptyDraft()
  const drafting: Drafting = { ground, draft, clouds, seenAt: scene.clock.now() }
  const tariff = await tariffOf(scene, tx, ground)
  const count = nothingYet()
  const held: Held = { byOwner: new Map(), byPool: new Map() }
  for (const systems of systemsByOwner(ground)) {
    for (const system of systems) draftSystem(drafting, system)
    addHeld(held, draft.reservations)
    const owner = present(systems[0], 'system').owner
    const bills = billsOf(ground, owner, draft, tariff)
    await writeDraft(tx, draft, count, ground.today)
    await writeBills(tx, bills, count)
  }
  for (const [poolId, { vcpus, memoryMib }] of held.byPool)
    invariant(
      await scene.yiduo.rooms.nodes.promise(tx, poolId, vcpus, memoryMib),
      `a pool has room for the ${vcpus} cores and ${memoryMib} MiB that are planned in it`,
    )
  await insertQuotas(tx, quotaLimits(ground, held))
  return count
}

/** Whether a start before this one has made it. */
const isMade = async ({ yiduo: { rooms } }: Scene, organisations: OrganisationIds): Promise<boolean> => {
  const organisationId = present(organisations.get(truths.fullPlatform.of), truths.fullPlatform.of)
  return (await rooms.systems.list(direction('system.list'), { organisationId, limit: 1 })).items.length > 0
}

/**
 * The province around the stories: one transaction over our books and the simulated clouds, so that it stands whole or
 * not at all. It is data brought in from elsewhere, not acts of people: no audit entries, no events, no operations; one
 * entry says how much of it there is.
 */
export const ensureProvince = async (scene: Scene, ask: ProvinceAsk): Promise<void> => {
  if (await isMade(scene, ask.organisations)) return
  const { database, record } = scene.yiduo
  await database.transaction(direction('demonstration.make'), async (tx) => {
    const ground = await layGround(scene, tx, ask)
    const clouds = await openClouds(scene, tx, ask)
    const count = await writeAll(scene, tx, ground, clouds)
    addStrangers(ground, clouds)
    await writeClouds(
      tx,
      [...clouds].map(([code, { stock }]) => [code, stock] as const),
    )
    const root = present(await scene.yiduo.rooms.organisations.root(), 'province')
    await record(tx, { on: root.id, organisationId: null, after: count })
  })
}
