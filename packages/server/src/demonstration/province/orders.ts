import type { LoadProfileName } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import type { Ground, PlanGround } from './ground.ts'
import { hostsRoom, type Placing } from './placing.ts'
import type { PlannedSystem, SpecialOrder } from './systems.ts'

export type Fate = 'formal' | 'reclaimed' | 'testing' | 'submitted' | 'returned' | 'rejected' | 'discarded' | 'draft'

/** One request with its one line, and what became of it. */
export interface PlannedOrder {
  readonly key: string
  readonly system: PlannedSystem
  readonly fate: Fate
  readonly name: string
  readonly plan: PlanGround
  readonly quantity: number
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
  /** When it was drafted: so many days ago, and how far into the working day. */
  readonly daysAgo: number
  readonly load: LoadProfileName | null
  readonly unattached: boolean
  readonly endsInDays: number | null
}

const mostInOne = 8

/** What is ordered besides what stands: most is long given back, some has just been asked for. */
const otherFates: readonly (readonly [Fate, part: number])[] = [
  ['reclaimed', 0.22],
  ['rejected', 0.06],
  ['discarded', 0.05],
  ['returned', 0.03],
  ['submitted', 0.03],
  ['testing', 0.04],
  ['draft', 0.02],
]

/** Only the last days hold what has not come to its end. */
const recent: Partial<Record<Fate, readonly [from: number, to: number]>> = {
  testing: [2, 5],
  returned: [2, 4],
  draft: [1, 10],
  submitted: [0, 0],
}

const sizeOf = (ground: Ground, architecture: string, key: string): PlanGround => {
  const plans = ground.plans(architecture)
  const kind = ground.chance.part('plan', key)
  const wanted = kind < 0.32 ? 2 : kind < 0.68 ? 4 : kind < 0.9 ? 8 : 16
  return present(
    plans.find(({ vcpus }) => vcpus === wanted),
    'plan',
  )
}

const loadOfOrder = ({ chance }: Ground, key: string): LoadProfileName | null => {
  const kind = chance.part('load', key)
  if (kind < 0.25) return 'public'
  if (kind < 0.35) return 'nightly'
  return kind < 0.37 ? 'strained' : null
}

const order = (ground: Ground, system: PlannedSystem, index: number, fate: Fate, quantity: number): PlannedOrder => {
  const { chance, platforms } = ground
  const key = `${system.key} ${fate} ${index}`
  const { architecture } = present(platforms.get(system.platform), system.platform)
  const [from, to] = recent[fate] ?? [14, Math.max(14, system.daysAgo - 1)]
  return {
    key,
    system,
    fate,
    name: `${chance.pick(['web', 'app', 'db', 'job', 'cache'], 'role', key)}-${chance.cloudId('name', key).slice(0, 5)}`,
    plan: sizeOf(ground, architecture, key),
    quantity,
    dataVolumeGib: chance.part('volume', key) < 0.55 ? chance.pick([50, 100, 200, 500], 'gib', key) : 0,
    publicAddress: chance.part('public', key) < 0.12,
    daysAgo: index === 0 && fate === 'formal' ? system.daysAgo : chance.between(from, to, 'ordered', key),
    load: loadOfOrder(ground, key),
    unattached: false,
    endsInDays: null,
  }
}

const standing = (ground: Ground, system: PlannedSystem): readonly PlannedOrder[] => {
  const orders: PlannedOrder[] = []
  for (let left = system.servers; left > 0; ) {
    const index = orders.length
    const quantity = Math.min(left, ground.chance.between(1, mostInOne, 'quantity', system.key, index))
    orders.push(order(ground, system, index, 'formal', quantity))
    left -= quantity
  }
  return orders
}

const others = (ground: Ground, system: PlannedSystem): readonly PlannedOrder[] =>
  otherFates.flatMap(([fate, part], index) =>
    ground.chance.part('fate', fate, system.key) < part
      ? [order(ground, system, index, fate, ground.chance.between(1, 3, 'quantity', fate, system.key))]
      : [],
  )

const special = (ground: Ground, system: PlannedSystem, it: SpecialOrder): PlannedOrder => {
  const { architecture } = present(ground.platforms.get(system.platform), system.platform)
  const plan = present(
    ground.plans(architecture).find(({ vcpus }) => vcpus === it.vcpus),
    'plan',
  )
  return {
    key: system.key,
    system,
    fate: it.sentDaysAgo === undefined ? 'formal' : 'submitted',
    name: it.name,
    plan,
    quantity: it.quantity,
    dataVolumeGib: it.dataVolumeGib ?? 0,
    publicAddress: false,
    daysAgo: it.sentDaysAgo ?? system.daysAgo,
    load: it.load ?? null,
    unattached: it.unattached ?? false,
    endsInDays: it.endsInDays ?? null,
  }
}

/** The largest servers first, as many as the hosts still take, down to the smallest size there is. */
const filling = (ground: Ground, system: PlannedSystem, placing: Placing): readonly PlannedOrder[] => {
  const plans = ground.plans(present(ground.platforms.get(system.platform), system.platform).architecture)
  const rooms = hostsRoom(placing, system.platform).map((it) => ({ ...it }))
  return plans.toReversed().flatMap((plan) => {
    let quantity = 0
    for (const room of rooms) {
      const fits = Math.floor(Math.min(room.vcpus / plan.vcpus, room.memoryMib / plan.memoryMib))
      room.vcpus -= fits * plan.vcpus
      room.memoryMib -= fits * plan.memoryMib
      quantity += fits
    }
    const it = { name: `jiexi-${plan.vcpus}c`, quantity, vcpus: plan.vcpus }
    return quantity === 0 ? [] : [{ ...special(ground, system, it), key: `${system.key} ${plan.code}` }]
  })
}

/** Planned in the order of the systems: what fills a platform looks at what was placed there before. */
export const planOrders = (ground: Ground, system: PlannedSystem, placing: Placing): readonly PlannedOrder[] => {
  if (system.special === 'fills its platform') return filling(ground, system, placing)
  if (system.special) return [special(ground, system, system.special)]
  return [...standing(ground, system), ...others(ground, system)]
}
