import { fromId, type Measure, type Organisation } from '@yiduo/contract'
import { invariant, present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import { cities } from '../cities.ts'
import type { PlanIds } from '../price-list.ts'
import { direction, type Scene, whole } from '../scene.ts'
import type { Chance } from './chance.ts'

/** So long ago begins what is told of. */
export const monthsDays = 184

export interface Owner {
  readonly id: string
  readonly name: string
  readonly operatorId: string
  /** Of the province, or the city it lies in. */
  readonly home: string
}

export interface PlatformGround {
  readonly id: string
  readonly code: string
  readonly poolId: string
  readonly architecture: string
}

export interface PlanGround {
  readonly id: string
  readonly code: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly imageName: string
  readonly metering: Readonly<Record<Measure, string>>
  /** 1/10000 yuan a month for one unit of the measure. */
  readonly prices: Readonly<Record<Measure, number>>
}

/** What stands already, by the names that the plan calls it. */
export interface Ground {
  readonly chance: Chance
  readonly today: Date
  readonly owners: ReadonlyMap<string, Owner>
  readonly platforms: ReadonlyMap<string, PlatformGround>
  /** The sizes of an offering, the smallest first. */
  readonly plans: (architecture: string) => readonly PlanGround[]
}

const ownersOf = (organisations: readonly Organisation[]): ReadonlyMap<string, Owner> => {
  const uuidOf = (id: string): string => present(fromId('organisation', id), 'organisation')
  const operators = new Map(
    organisations.filter(({ actor }) => actor === 'operator').map((it) => [it.divisionCode.slice(0, 4), uuidOf(it.id)]),
  )
  const ownerOf = ({ id, name, divisionCode }: Organisation): readonly [string, Owner] => {
    const city = cities.find((it) => divisionCode.startsWith(it.divisionCode.slice(0, 4)))
    const operatorId = present(operators.get(divisionCode.slice(0, 4)), `operator of ${name}`)
    return [name, { id: uuidOf(id), name, operatorId, home: city?.code ?? 'core' }]
  }
  return new Map(organisations.filter(({ actor }) => actor === 'department').map(ownerOf))
}

const platformsOf = async ({ yiduo: { rooms } }: Scene, tx: Tx): Promise<Ground['platforms']> =>
  new Map(
    (await rooms.nodes.fleet(tx)).map((it) => [
      it.code,
      { id: it.id, code: it.code, poolId: it.poolId, architecture: it.poolArchitecture },
    ]),
  )

const measuresOf = ['vcpu', 'memory-gib', 'volume-gib', 'address'] as const

const plansOf = async ({ yiduo: { rooms } }: Scene, tx: Tx, ids: PlanIds): Promise<readonly PlanGround[]> => {
  const plans: PlanGround[] = []
  for (const id of ids.values()) {
    const { plan, offering } = present(await rooms.catalogue.plan(tx, present(fromId('plan', id), id)), id)
    const found = await rooms.catalogue.pricesOf(tx, Object.values(offering.metering))
    const priceOf = (measure: Measure): number =>
      found.find((it) => it.componentId === offering.metering[measure])?.monthlyPriceYuanE4 ?? 0
    plans.push({
      id: plan.id,
      code: plan.code,
      vcpus: plan.vcpus,
      memoryMib: plan.memoryMib,
      diskGib: plan.systemDiskGib,
      imageName: present(offering.imageNames[0], 'image'),
      metering: offering.metering,
      prices: {
        vcpu: priceOf(measuresOf[0]),
        'memory-gib': priceOf(measuresOf[1]),
        'volume-gib': priceOf(measuresOf[2]),
        address: priceOf(measuresOf[3]),
      },
    })
  }
  return plans.toSorted((a, b) => a.vcpus - b.vcpus)
}

export const layGround = async (
  scene: Scene,
  tx: Tx,
  it: { plans: PlanIds; chance: Chance; today: Date },
): Promise<Ground> => {
  const { items } = await scene.yiduo.rooms.organisations.list(direction('organisation.list'), whole)
  const plans = await plansOf(scene, tx, it.plans)
  const arm64 = plans.filter(({ code }) => code.startsWith('xinchuang'))
  const general = plans.filter(({ code }) => code.startsWith('general'))
  invariant(arm64.length > 0 && general.length > 0, 'both offerings have plans')
  return {
    chance: it.chance,
    today: it.today,
    owners: ownersOf(items),
    platforms: await platformsOf(scene, tx),
    plans: (architecture) => (architecture === 'arm64' ? arm64 : general),
  }
}
