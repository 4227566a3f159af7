import {
  collectionCreate,
  type OperationSpec,
  type RequestState,
  requestApprove,
  requestCreate,
  requestDiscard,
  requestPassTest,
  requestPurge,
  requestReclaim,
  requestReject,
  requestReturn,
  requestSubmit,
  serverResize,
  volumeExtend,
} from '@yiduo/contract'
import { clearFaults, orderFault } from '@yiduo/drivers'
import { present } from '../kernel/invariant.ts'
import { simDatabase } from '../platform/database/sim-database.ts'
import { detachVolume } from './back-door.ts'
import { untilIdle } from './idle.ts'
import { agreed } from './scene.ts'
import { ensureSystem, locale, type RequestBySubject, requestsOf, resourceOf, type Stage } from './stage.ts'
import type { Deed, Step, Story } from './stories.ts'

interface Decision {
  readonly operation: OperationSpec
  readonly name: 'submit' | 'approve' | 'return' | 'reject' | 'discard' | 'passTest'
  /** The state that a request has passed through once this was decided. */
  readonly reaches: RequestState
}

const decisions = {
  submit: { operation: requestSubmit, name: 'submit', reaches: 'submitted' },
  approve: { operation: requestApprove, name: 'approve', reaches: 'delivering' },
  return: { operation: requestReturn, name: 'return', reaches: 'returned' },
  reject: { operation: requestReject, name: 'reject', reaches: 'rejected' },
  discard: { operation: requestDiscard, name: 'discard', reaches: 'discarded' },
  'pass-test': { operation: requestPassTest, name: 'passTest', reaches: 'formal' },
} as const satisfies Readonly<Record<string, Decision>>

type Deciding = Extract<Deed, { readonly does: keyof typeof decisions }>
type Work = () => Promise<unknown>

const isDeciding = (deed: Deed): deed is Deciding => Object.hasOwn(decisions, deed.does)

const deciding = (
  { yiduo: { rooms }, cast }: Stage,
  story: Story,
  deed: Deciding,
  found: RequestBySubject,
): Work | null => {
  const { operation, name, reaches } = decisions[deed.does]
  const request = present(found('of' in deed ? (deed.of ?? 'open') : 'open'), 'request')
  if (request.track.some(({ state }) => state === reaches)) return null
  const remark = 'remark' in deed ? (deed.remark ?? '') : ''
  return async () =>
    rooms.requests[name](await cast.act('by' in deed ? deed.by : story.by, operation), request.id, { remark }, locale)
}

const wantedOf = ({ plans, templates }: Stage, { line }: Story) => {
  if ('plan' in line) {
    const { plan, ...rest } = line
    return { lines: [{ ...rest, planId: present(plans.get(plan), plan) }] }
  }
  const { template, name, parts } = line
  return { template: { templateId: present(templates.get(template), template), name }, ...(parts ? { parts } : {}) }
}

const drafting = (stage: Stage, story: Story, systemId: string): Work => {
  const { yiduo, cast, today } = stage
  const expiresAt = story.expiresInDays && new Date(today.getTime() + story.expiresInDays * 86_400_000).toISOString()
  const ask = { systemId, ...wantedOf(stage, story), ...(expiresAt ? { expiresAt } : {}) }
  return async () => yiduo.rooms.requests.create(await cast.act(story.by, requestCreate), ask, locale)
}

type Asking = Extract<Deed, { readonly does: 'resize' | 'extend' | 'reclaim' }>

const asking = (stage: Stage, story: Story, deed: Asking, openId: string): Work => {
  const { yiduo, cast, plans } = stage
  const { requests } = yiduo.rooms
  switch (deed.does) {
    case 'resize':
      return async () => {
        const { id } = await resourceOf(stage, openId, 'server')
        const ask = { planId: present(plans.get(deed.plan), deed.plan) }
        return requests.changes.resize.ask(await cast.act(story.by, serverResize), id, ask, locale)
      }
    case 'extend':
      return async () => {
        const { id } = await resourceOf(stage, openId, 'volume')
        return requests.changes.extend.ask(
          await cast.act(story.by, volumeExtend),
          id,
          { sizeGib: deed.sizeGib },
          locale,
        )
      }
    case 'reclaim':
      return async () => requests.reclaim(await cast.act(story.by, requestReclaim), openId, deed.remark, locale)
  }
}

const purging = ({ yiduo: { rooms }, cast }: Stage, story: Story, by: string, found: RequestBySubject): Work | null => {
  const { id, track } = present(found('open'), 'request')
  if (track.some(({ state }) => state === 'reclaiming')) return null
  const ask = { confirmation: story.system }
  return async () => rooms.requests.purge(await cast.act(by, requestPurge), id, ask, locale)
}

type Collecting = Extract<Deed, { readonly does: 'collect' }>

const collecting = (
  { yiduo: { rooms }, cast }: Stage,
  { by, name }: Collecting,
  found: RequestBySubject,
): Work | null => {
  const { id, collectionId } = present(found('open'), 'request')
  if (collectionId !== null) return null
  return async () => rooms.collections.create(await cast.act(by, collectionCreate), { name, requestIds: [id] })
}

/** What is still to be done for a step; null where a start before this one has done it. */
const workOf = (stage: Stage, story: Story, step: Step, systemId: string, found: RequestBySubject): Work | null => {
  if (isDeciding(step)) return deciding(stage, story, step, found)
  const openId = found('open')?.id
  switch (step.does) {
    case 'register':
      return null
    case 'draft':
      return openId === undefined ? drafting(stage, story, systemId) : null
    case 'purge':
      return purging(stage, story, step.by, found)
    case 'collect':
      return collecting(stage, step, found)
    case 'detach-volume':
      return () => detachVolume(stage, present(openId, 'request'))
    case 'resize':
    case 'extend':
    case 'reclaim':
      return found(step.does) ? null : asking(stage, story, step, present(openId, 'request'))
  }
}

/** Does one step, unless it is done already, and waits for what it set going. */
export const perform = async (stage: Stage, story: Story, step: Step): Promise<void> => {
  const systemId = await ensureSystem(stage, story)
  const work = workOf(stage, story, step, systemId, await requestsOf(stage, systemId))
  if (work && step.fault) {
    const simulation = simDatabase(stage.yiduo.database)
    await clearFaults(simulation, step.fault.cloud) // a start that was cut off may have ordered it before
    await orderFault(simulation, step.fault.cloud, step.fault.order)
  }
  if (work) agreed(await work())
  await untilIdle(stage)
}
