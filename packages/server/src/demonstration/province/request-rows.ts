import { present } from '../../kernel/invariant.ts'
import type { PastSubject } from '../../modules/approvals/index.ts'
import { type PastLine, type PastRequest, stateFacts, stepOf, type TrackRow } from '../../modules/requests/index.ts'
import type { Desired } from '../../modules/resources/index.ts'
import { type Course, type Happening, teller } from './course.ts'
import type { Ground, PlanGround } from './ground.ts'
import type { PlannedOrder } from './orders.ts'
import { inWorkingHours, plusDays, plusMinutes } from './time.ts'

export interface RequestRows {
  readonly requests: readonly PastRequest[]
  readonly lines: readonly PastLine[]
  readonly tracks: readonly TrackRow[]
}

/** What a server of the plan costs a month, with what hangs on it. */
const monthlyPriceOf = (
  { vcpus, memoryMib, diskGib, prices }: PlanGround,
  more: { dataVolumeGib: number; publicAddress: boolean },
): number =>
  vcpus * prices.vcpu +
  Math.ceil(memoryMib / 1_024) * prices['memory-gib'] +
  (diskGib + more.dataVolumeGib) * prices['volume-gib'] +
  (more.publicAddress ? prices.address : 0)

const nothingMore = { dataVolumeGib: 0, publicAddress: false }

/** A working day, as the first stage of every route has it. */
const stageMinutes = 1_440

/** When whoever has the move is late; on the wall, for nobody counted office hours then. */
const dueOf = (state: Happening['state'], at: Date, testEndsAt: Date | null): Date | null => {
  if (state === 'testing') return testEndsAt
  if (state === 'submitted') return plusMinutes(at, stageMinutes)
  const { limit } = stateFacts[state]
  return limit && plusMinutes(at, limit.minutes * (limit.officeHours ? 3 : 1))
}

const tracksOf = (
  requestId: string,
  kind: PastRequest['kind'],
  happenings: readonly Happening[],
  testEndsAt: Date | null,
): readonly TrackRow[] =>
  happenings.map(({ state, at, by }, index) => {
    const { side } = stateFacts[state]
    const dueAt = dueOf(state, at, testEndsAt)
    return {
      requestId,
      position: index + 1,
      step: stepOf(kind, state),
      state,
      side,
      movedBy: by,
      remark: '',
      startedAt: at,
      dueAt,
      endedAt: happenings[index + 1]?.at ?? null,
    }
  })

const first = (happenings: readonly Happening[]): Happening => present(happenings[0], 'happening')
const last = (happenings: readonly Happening[]): Happening => present(happenings.at(-1), 'happening')

/** The request that opened what it asks for. */
export const openRows = ({ chance, platforms, today }: Ground, order: PlannedOrder, course: Course): RequestRows => {
  const { key, system, plan, quantity, dataVolumeGib, publicAddress } = order
  const createdAt = first(course.happenings).at
  const id = chance.id(createdAt, 'request', key)
  const monthlyPriceYuanE4 = monthlyPriceOf(plan, order) * quantity
  const request: PastRequest = {
    id,
    kind: 'open',
    aboutRequestId: null,
    state: last(course.happenings).state,
    organisationId: system.owner.id,
    operatorOrganisationId: system.owner.operatorId,
    systemId: systemIdOf({ chance, today }, system),
    monthlyPriceYuanE4,
    approvedByRule: course.approvedByRule,
    testEndsAt: course.testEndsAt,
    expiresAt: order.endsInDays === null ? null : plusDays(today, order.endsInDays),
    createdAt,
    updatedAt: last(course.happenings).at,
  }
  const line: PastLine = {
    id: chance.id(createdAt, 'line', key),
    requestId: id,
    position: 0,
    planId: plan.id,
    name: order.name,
    quantity,
    imageName: plan.imageName,
    dataVolumeGib,
    publicAddress,
    platformId: course.approvedAt && present(platforms.get(system.platform), system.platform).id,
    resourceId: null,
    resourceKind: null,
    sizeGib: null,
    changesFrom: null,
    monthlyPriceYuanE4,
  }
  return { requests: [request], lines: [line], tracks: tracksOf(id, 'open', course.happenings, course.testEndsAt) }
}

/** What of these is still to be decided on, and until when. */
export const waitingOf = ({ requests, tracks }: RequestRows): readonly PastSubject[] =>
  requests
    .filter((it) => it.state === 'submitted')
    .map(({ id, organisationId, operatorOrganisationId }) => ({
      subjectId: id,
      subjectKind: 'request',
      organisationId,
      operatorOrganisationId,
      sentBy: null,
      dueAt: present(tracks.findLast((it) => it.requestId === id)?.dueAt, 'clock'),
    }))

/** Systems are registered at nine; what is asked for in them comes after. */
export const registeredAt = ({ today }: Pick<Ground, 'today'>, { daysAgo }: PlannedOrder['system']): Date =>
  inWorkingHours(today, daysAgo, 0)

export const systemIdOf = (ground: Pick<Ground, 'chance' | 'today'>, system: PlannedOrder['system']): string =>
  ground.chance.id(registeredAt(ground, system), 'system', system.key)

/** A short request about another one. */
const about = (
  { chance }: Ground,
  open: PastRequest,
  it: {
    kind: 'change' | 'reclaim'
    key: string
    happenings: readonly Happening[]
    priceYuanE4: number
    byRule: boolean
  },
): PastRequest => ({
  ...open,
  id: chance.id(first(it.happenings).at, it.kind, it.key),
  kind: it.kind,
  aboutRequestId: open.id,
  state: 'completed',
  monthlyPriceYuanE4: it.priceYuanE4,
  approvedByRule: it.byRule,
  testEndsAt: null,
  expiresAt: null,
  createdAt: first(it.happenings).at,
  updatedAt: last(it.happenings).at,
})

/** The department's asking to give it all back, where it did. */
export const reclaimRows = (ground: Ground, order: PlannedOrder, open: PastRequest, course: Course): RequestRows => {
  const { reclaim } = course
  if (!reclaim) return { requests: [], lines: [], tracks: [] }
  const happenings: readonly Happening[] = [
    { state: 'submitted', at: reclaim.askedAt, by: teller },
    { state: 'delivering', at: reclaim.approvedAt, by: teller },
    { state: 'completed', at: reclaim.doneAt, by: teller },
  ]
  const it = { kind: 'reclaim' as const, key: order.key, happenings, priceYuanE4: 0, byRule: false }
  const request = about(ground, open, it)
  return { requests: [request], lines: [], tracks: tracksOf(request.id, 'reclaim', happenings, null) }
}

export interface PlannedChange {
  readonly serverId: string
  readonly serverName: string
  readonly from: Desired
  readonly to: PlanGround
  readonly at: Date
}

/** One server was made larger since. */
export const changeRows = (ground: Ground, open: PastRequest, platformId: string, it: PlannedChange): RequestRows => {
  const sentAt = plusMinutes(it.at, -3)
  const happenings: readonly Happening[] = [
    { state: 'submitted', at: sentAt, by: teller },
    { state: 'delivering', at: plusMinutes(it.at, -1), by: teller },
    { state: 'completed', at: it.at, by: teller },
  ]
  const priceYuanE4 = monthlyPriceOf(it.to, nothingMore)
  const told = { kind: 'change' as const, key: it.serverId, happenings, priceYuanE4, byRule: false }
  const request = about(ground, open, told)
  const line: PastLine = {
    id: ground.chance.id(sentAt, 'change line', it.serverId),
    requestId: request.id,
    position: 0,
    planId: it.to.id,
    name: it.serverName,
    quantity: 1,
    imageName: null,
    dataVolumeGib: 0,
    publicAddress: false,
    platformId,
    resourceId: it.serverId,
    resourceKind: 'server',
    sizeGib: null,
    changesFrom: it.from,
    monthlyPriceYuanE4: priceYuanE4,
  }
  return { requests: [request], lines: [line], tracks: tracksOf(request.id, 'change', happenings, null) }
}
