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

const lockResources = (deps: RequestDeps, tx: Tx, about: About, uuid: string): Promise<readonly ResourceRow[]> => {
  if (about === 'request') return deps.resources.lockAllOf(tx, uuid)
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
  if (named && change.about !== 'request' && !change.states.includes(named.state))
    return refuse('resource-not-changeable', { state: named.state })
  const [first, ...rest] = found.filter((it) => change.states.includes(it.state))
  return first ? [first, ...rest] : refuse('resource-not-changeable', { state: named?.state ?? 'reclaimed' })
}

/** Locks and judges what a change is about, by the bare id of its server, volume, address or request. */
export const lockSubjects = async (
  deps: RequestDeps,
  tx: Tx,
  change: Judged,
  it: { readonly uuid: string; readonly requestId: string | null },
): Promise<Subjects | Refusal> => {
  const aboutId = change.about === 'request' ? it.uuid : await deps.resources.requestOf(tx, it.uuid)
  const about = aboutId && (await store.lockRequest(tx, everything, aboutId)) // first, as whoever reclaims it does
  if (!about) return refuse('not-found')
  const resources = judge(change, await lockResources(deps, tx, change.about, it.uuid), it.requestId)
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
  const uuid = change.about === 'request' ? fromId('request', id) : fromId(kindOf(change.about), id)
  const reached =
    uuid &&
    (change.about === 'request'
      ? await store.findRequest(tx, act.scope, uuid)
      : await deps.resources.reach(tx, act, uuid, kindOf(change.about)))
  return reached ? lockSubjects(deps, tx, change, { uuid: reached.id, requestId: null }) : refuse('not-found')
}
