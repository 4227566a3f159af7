import type { SimStock } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import type { PastAdvice } from '../../modules/advice/index.ts'
import type { PastSubject } from '../../modules/approvals/index.ts'
import type { UsageRow } from '../../modules/metering/index.ts'
import type { PastProject } from '../../modules/projects/index.ts'
import type { NewReservation } from '../../modules/quota/index.ts'
import type { PastLine, PastRequest, TrackRow } from '../../modules/requests/index.ts'
import type { PastResource } from '../../modules/resources/index.ts'
import type { SystemRow } from '../../modules/systems/index.ts'
import { type Course, courseOf } from './course.ts'
import type { Ground } from './ground.ts'
import { type CloudGround, onCloud } from './on-cloud.ts'
import { type PlannedOrder, planOrders } from './orders.ts'
import { type ProjectGround, projectOf } from './projects.ts'
import {
  changeRows,
  openRows,
  type RequestRows,
  reclaimRows,
  registeredAt,
  systemIdOf,
  waitingOf,
} from './request-rows.ts'
import type { PlannedSystem } from './systems.ts'
import { plusDays } from './time.ts'
import { booksOf, desiredOf, type PlannedUnit } from './unit-rows.ts'

/** Rows on their way into the database, gathered so that each statement writes many. */
export interface Draft {
  readonly systems: SystemRow[]
  readonly projects: PastProject[]
  readonly requests: PastRequest[]
  readonly lines: PastLine[]
  readonly tracks: TrackRow[]
  readonly waiting: PastSubject[]
  readonly resources: PastResource[]
  readonly reservations: NewReservation[]
  readonly usage: UsageRow[]
  readonly advice: PastAdvice[]
}

export const emptyDraft = (): Draft => ({
  systems: [],
  projects: [],
  requests: [],
  lines: [],
  tracks: [],
  waiting: [],
  resources: [],
  reservations: [],
  usage: [],
  advice: [],
})

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] }
/** What a cloud will hold, while it is gathered. */
export type CloudDraft = Mutable<SimStock>
export const emptyCloud = (): CloudDraft => ({
  projects: [],
  networks: [],
  ports: [],
  servers: [],
  volumes: [],
  addresses: [],
})

export interface Drafting {
  readonly ground: Ground
  readonly draft: Draft
  readonly clouds: ReadonlyMap<string, CloudGround & { readonly stock: CloudDraft }>
  readonly seenAt: Date
}

const addRows = ({ draft }: Drafting, rows: RequestRows): void => {
  draft.requests.push(...rows.requests)
  draft.lines.push(...rows.lines)
  draft.tracks.push(...rows.tracks)
  draft.waiting.push(...waitingOf(rows))
}

const grownPart = 0.04

/** Some servers were made one size larger since they are formal. */
const growthOf = (
  { chance, today, plans, platforms }: Ground,
  order: PlannedOrder,
  { formalAt, reclaim }: Course,
  key: string,
) => {
  const isSpecial = order.system.special !== null
  if (isSpecial || !formalAt || reclaim || chance.part('grown', key) >= grownPart) return null
  const sizes = plans(present(platforms.get(order.system.platform), order.system.platform).architecture)
  const plan = sizes[sizes.findIndex(({ id }) => id === order.plan.id) + 1]
  const latest = plusDays(today, -2).getTime()
  const at = new Date(formalAt.getTime() + (latest - formalAt.getTime()) * (0.1 + 0.8 * chance.part('grew', key)))
  return plan && at > formalAt ? { plan, at } : null
}

const unitOf = (
  { ground }: Drafting,
  order: PlannedOrder,
  course: PlannedUnit['course'],
  ids: Pick<PlannedUnit, 'requestId' | 'lineId'>,
  index: number,
): PlannedUnit => {
  const { chance } = ground
  const key = `${order.key} ${index}`
  const grown = growthOf(ground, order, course, key)
  const name = order.quantity === 1 ? order.name : `${order.name}-${index}`
  return {
    ...ids,
    order,
    course,
    name,
    key,
    plan: grown?.plan ?? order.plan,
    grownAt: grown?.at ?? null,
    serverId: chance.id(course.approvedAt, 'server', key),
    volumeId: order.dataVolumeGib > 0 ? chance.id(course.approvedAt, 'volume', key) : null,
    addressId: order.publicAddress ? chance.id(course.approvedAt, 'address', key) : null,
  }
}

const putOnCloud = ({ ground, clouds }: Drafting, unit: PlannedUnit, project: ProjectGround) => {
  const cloud = present(clouds.get(project.platform.code), project.platform.code)
  const { stock, seen } = onCloud(ground, unit, project, cloud)
  cloud.stock.ports.push(...stock.ports)
  cloud.stock.servers.push(...stock.servers)
  cloud.stock.volumes.push(...stock.volumes)
  cloud.stock.addresses.push(...stock.addresses)
  return seen
}

const advisedPart = 0.012

/** Of some that stand it was once said that they stood still; it was seen to. */
const pastAdvice = ({ ground, draft }: Drafting, unit: PlannedUnit): void => {
  const { formalAt, reclaim } = unit.course
  const { chance, today } = ground
  if (!formalAt || reclaim || chance.part('advised', unit.key) >= advisedPart) return
  const foundAt = new Date(formalAt.getTime() + (today.getTime() - formalAt.getTime()) * 0.4)
  const endedAt = new Date(foundAt.getTime() + (today.getTime() - foundAt.getTime()) * chance.part('heard', unit.key))
  draft.advice.push({
    id: chance.id(foundAt, 'advice', unit.key),
    kind: 'server-stopped',
    resourceId: unit.serverId,
    resourceKind: 'server',
    organisationId: unit.order.system.owner.id,
    systemId: systemIdOf(ground, unit.order.system),
    parameters: { since: foundAt.toISOString() },
    monthlySavingYuanE4: unit.plan.vcpus * unit.plan.prices.vcpu,
    state: chance.part('dismissed', unit.key) < 0.3 ? 'dismissed' : 'settled',
    foundAt,
    endedAt,
  })
}

const draftUnits = (
  drafting: Drafting,
  order: PlannedOrder,
  course: PlannedUnit['course'],
  open: PastRequest,
  lineId: string,
  project: ProjectGround,
): void => {
  const { ground, draft, seenAt } = drafting
  for (let index = 1; index <= order.quantity; index++) {
    const unit = unitOf(drafting, order, course, { requestId: open.id, lineId }, index)
    const seen = course.reclaim ? null : putOnCloud(drafting, unit, project)
    const books = booksOf(ground, unit, { seen, project, seenAt })
    draft.resources.push(...books.resources)
    draft.reservations.push(...books.reservations)
    draft.usage.push(...books.usage)
    pastAdvice(drafting, unit)
    if (!unit.grownAt) continue
    const change = { serverId: unit.serverId, serverName: unit.name, from: desiredOf(order.plan), to: unit.plan }
    addRows(drafting, changeRows(ground, open, project.platform.id, { ...change, at: unit.grownAt }))
  }
}

const draftOrder = (drafting: Drafting, order: PlannedOrder, project: ProjectGround): boolean => {
  const { ground } = drafting
  const course = courseOf(ground, order)
  const rows = openRows(ground, order, course)
  const open = present(rows.requests[0], 'request')
  addRows(drafting, rows)
  addRows(drafting, reclaimRows(ground, order, open, course))
  const { approvedAt, deliveredAt } = course
  if (!approvedAt || !deliveredAt) return false
  draftUnits(drafting, order, { ...course, approvedAt, deliveredAt }, open, present(rows.lines[0], 'line').id, project)
  return course.reclaim === null
}

/** A system with everything that was ever asked for in it. */
export const draftSystem = (drafting: Drafting, system: PlannedSystem): void => {
  const { ground, draft, clouds } = drafting
  draft.systems.push({
    ...system.facts,
    id: systemIdOf(ground, system),
    organisationId: system.owner.id,
    name: system.name,
    createdAt: registeredAt(ground, system),
  })
  const cloud = present(clouds.get(system.platform), system.platform)
  const project = projectOf(ground, system, cloud.markOf)
  let stands = false
  for (const order of planOrders(ground, system, cloud.placing)) stands = draftOrder(drafting, order, project) || stands
  if (!stands) return // where nothing is left, the project has gone with the last
  draft.projects.push(project.row)
  cloud.stock.projects.push(...project.stock.projects)
  cloud.stock.networks.push(...project.stock.networks)
}
