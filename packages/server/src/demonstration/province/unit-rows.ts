import type { Measure, ResourceKind } from '@yiduo/contract'
import { present } from '../../kernel/invariant.ts'
import type { UsageRow } from '../../modules/metering/index.ts'
import type { NewReservation } from '../../modules/quota/index.ts'
import { type Desired, holdingOf, meteredAmounts, type PastResource } from '../../modules/resources/index.ts'
import type { Course } from './course.ts'
import type { Ground, PlanGround } from './ground.ts'
import type { PlannedOrder } from './orders.ts'
import type { ProjectGround } from './projects.ts'
import { systemIdOf } from './request-rows.ts'
import { plusDays } from './time.ts'

/** What hangs together: one server, with its volume and address where it has them. */
export interface PlannedUnit {
  readonly order: PlannedOrder
  readonly course: Course & { readonly approvedAt: Date; readonly deliveredAt: Date }
  readonly requestId: string
  readonly lineId: string
  readonly name: string
  readonly key: string
  /** What it is now; and what it was before it was made larger. */
  readonly plan: PlanGround
  readonly grownAt: Date | null
  readonly serverId: string
  readonly volumeId: string | null
  readonly addressId: string | null
}

/** What the cloud shows of each of them; null of what is gone. */
export interface SeenUnit {
  readonly server: Seen
  readonly volume: Seen | null
  readonly address: Seen | null
  readonly refs: Record<string, unknown>
}
interface Seen {
  readonly externalId: string
  readonly observed: Record<string, unknown>
}

export const desiredOf = (plan: PlanGround): Desired => ({
  vcpus: plan.vcpus,
  memoryMib: plan.memoryMib,
  diskGib: plan.diskGib,
  imageName: plan.imageName,
})

interface Part {
  readonly kind: ResourceKind
  readonly id: string
  readonly name: string
  readonly desired: Desired
  readonly seen: Seen | null
}

const partsOf = (unit: PlannedUnit, seen: SeenUnit | null): readonly Part[] => [
  { kind: 'server', id: unit.serverId, name: unit.name, desired: desiredOf(unit.plan), seen: seen?.server ?? null },
  ...(unit.volumeId === null
    ? []
    : [
        {
          kind: 'volume' as const,
          id: unit.volumeId,
          name: `${unit.name}-data`,
          desired: { sizeGib: unit.order.dataVolumeGib },
          seen: seen?.volume ?? null,
        },
      ]),
  ...(unit.addressId === null
    ? []
    : [
        {
          kind: 'address' as const,
          id: unit.addressId,
          name: `${unit.name}-address`,
          desired: {},
          seen: seen?.address ?? null,
        },
      ]),
]

const stateOf = ({ course }: PlannedUnit): PastResource['state'] => {
  if (course.reclaim) return 'reclaimed'
  return course.formalAt ? 'formal' : 'test'
}

interface Books {
  readonly resources: readonly PastResource[]
  readonly reservations: readonly NewReservation[]
  readonly usage: readonly UsageRow[]
}

interface Span {
  readonly phase: 'test' | 'formal'
  readonly from: Date
  readonly to: Date | null
  readonly desired: Desired
}

/** From the test to the end without a gap; a larger size counts from the instant it was there. */
const spansOf = ({ course, order, plan, grownAt }: PlannedUnit, part: Part): readonly Span[] => {
  const { deliveredAt, formalAt } = course
  const end = course.reclaim?.doneAt ?? null
  const before = part.kind === 'server' ? desiredOf(order.plan) : part.desired
  const test: Span = { phase: 'test', from: deliveredAt, to: formalAt ?? end, desired: before }
  if (!formalAt) return [test]
  if (part.kind !== 'server' || !grownAt)
    return [test, { phase: 'formal', from: formalAt, to: end, desired: part.desired }]
  return [
    test,
    { phase: 'formal', from: formalAt, to: grownAt, desired: before },
    { phase: 'formal', from: grownAt, to: end, desired: desiredOf(plan) },
  ]
}

const usageOf = (ground: Ground, unit: PlannedUnit, part: Part): readonly UsageRow[] =>
  spansOf(unit, part).flatMap(({ phase, from, to, desired }) =>
    Object.entries(meteredAmounts(part.kind, desired)).flatMap(([measure, quantity]): UsageRow[] => {
      if (!quantity) return []
      const componentId = present(unit.plan.metering[measure as Measure], measure) // the keys of a record over measures
      return [
        {
          id: ground.chance.id(from, 'usage', part.id, measure, phase),
          resourceId: part.id,
          resourceKind: part.kind,
          resourceName: part.name,
          organisationId: unit.order.system.owner.id,
          systemId: systemIdOf(ground, unit.order.system),
          componentId,
          phase,
          quantity,
          startedAt: from,
          endedAt: to,
        },
      ]
    }),
  )

/** What our books say of a unit: its resources, what they hold, and what they were counted for. */
export const booksOf = (
  ground: Ground,
  unit: PlannedUnit,
  it: { readonly seen: SeenUnit | null; readonly project: ProjectGround; readonly seenAt: Date },
): Books => {
  const { order, course, plan } = unit
  const parts = partsOf(unit, it.seen)
  const systemId = systemIdOf(ground, order.system)
  const organisationId = order.system.owner.id
  const resources = parts.map(
    (part): PastResource => ({
      id: part.id,
      kind: part.kind,
      name: part.name,
      state: stateOf(unit),
      organisationId,
      systemId,
      platformId: it.project.platform.id,
      requestId: unit.requestId,
      lineId: unit.lineId,
      planId: part.kind === 'server' ? plan.id : null,
      metering: plan.metering,
      serverId: part.kind === 'server' ? null : unit.serverId,
      desired: part.desired,
      observed: part.seen?.observed ?? null,
      externalId: part.seen?.externalId ?? null,
      refs: part.kind === 'server' ? (it.seen?.refs ?? {}) : {},
      observedAt: part.seen && it.seenAt,
      expiresAt: order.endsInDays === null ? null : plusDays(ground.today, order.endsInDays),
      createdAt: course.approvedAt,
      endedAt: course.reclaim?.doneAt ?? null,
    }),
  )
  const reservations = course.reclaim
    ? []
    : parts.map(({ id, kind, desired }) => ({
        ...holdingOf(kind, desired),
        resourceId: id,
        organisationId,
        systemId,
        poolId: it.project.platform.poolId,
      }))
  return { resources, reservations, usage: parts.flatMap((part) => usageOf(ground, unit, part)) }
}
