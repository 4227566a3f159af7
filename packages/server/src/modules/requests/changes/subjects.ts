import { fromId, type ResourceKind, toId } from '@yiduo/contract'
import { type Act, everything } from '../../../kernel/act.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { ResourceRow } from '../../resources/index.ts'
import type { RequestDeps } from '../service.ts'
import * as store from '../store.ts'
import type { About, Change, Subjects } from './change.ts'

type Judged = Pick<Change<never, never>, 'about' | 'states'>

const kindOf = (about: About): Exclude<ResourceKind, 'network'> =>
  about === 'volume' || about === 'address' ? about : 'server'

const lockResources = (
  deps: RequestDeps,
  tx: Tx,
  about: About,
  { uuid, aboutId }: { readonly uuid: string; readonly aboutId: string },
): Promise<readonly ResourceRow[]> => {
  if (about === 'request') return deps.resources.lockAllOf(tx, uuid)
  if (about === 'line') return deps.resources.lockLine(tx, aboutId, uuid)
  return about === 'unit' ? deps.resources.lockUnit(tx, uuid) : deps.resources.lockOne(tx, uuid)
}

/**
 * What of it may be changed. One resource that is named must be; of a server or a request, what a failed delivery has
 * left is no part of it. Somebody else's work on any of it keeps all of it from being changed.
 */
const judge = (
  change: Judged,
  found: readonly ResourceRow[],
  requestId: string | null,
): Subjects['resources'] | Refusal => {
  const busy = found.find((it) => it.busyWith !== null && it.busyWith !== requestId)
  if (busy?.busyWith) return refuse('resource-busy', { by: toId('request', busy.busyWith) })
  const [named] = found
  if (named && !isMany(change.about) && !change.states.includes(named.state))
    return refuse('resource-not-changeable', { state: named.state })
  const [first, ...rest] = found.filter((it) => change.states.includes(it.state))
  return first ? [first, ...rest] : refuse('resource-not-changeable', { state: named?.state ?? 'reclaimed' })
}

const isMany = (about: About): boolean => about === 'line' || about === 'request'

/** The request that delivered it. */
const requestOf = (deps: RequestDeps, tx: Tx, about: About, uuid: string): Promise<string | null> => {
  if (about === 'request') return Promise.resolve(uuid)
  return about === 'line' ? store.requestOfLine(tx, uuid) : deps.resources.requestOf(tx, uuid)
}

const reach = async (deps: RequestDeps, tx: Tx, act: Act, about: About, uuid: string): Promise<boolean> => {
  if (!isMany(about)) return (await deps.resources.reach(tx, act, uuid, kindOf(about))) !== null
  const requestId = await requestOf(deps, tx, about, uuid)
  return requestId !== null && (await store.findRequest(tx, act.scope, requestId)) !== null
}

/** Locks and judges what a change is about, by the bare id of its server, volume, address or request. */
export const lockSubjects = async (
  deps: RequestDeps,
  tx: Tx,
  change: Judged,
  it: { readonly uuid: string; readonly requestId: string | null },
): Promise<Subjects | Refusal> => {
  const aboutId = await requestOf(deps, tx, change.about, it.uuid)
  const about = aboutId && (await store.lockRequest(tx, everything, aboutId)) // first, as whoever reclaims it does
  if (!about) return refuse('not-found')
  const resources = judge(change, await lockResources(deps, tx, change.about, { uuid: it.uuid, aboutId }), it.requestId)
  return 'refused' in resources ? resources : { about, resources }
}

/** The same for the id that somebody gave, if they reach it. */
export const reachSubjects = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  change: Judged,
  id: string,
): Promise<Subjects | Refusal> => {
  const { about } = change
  const uuid = fromId(about === 'line' || about === 'request' ? about : kindOf(about), id)
  const isReached = uuid !== null && (await reach(deps, tx, act, about, uuid))
  return isReached ? lockSubjects(deps, tx, change, { uuid, requestId: null }) : refuse('not-found')
}
