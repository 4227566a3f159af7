import { type Alarm, type AlarmKind, alarmKinds, type Board, type BoardLink, toId } from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import type { Situation } from '../nodes/index.ts'
import { isStale } from './nodes.ts'
import type { BoardDeps } from './service.ts'

/** Of each kind the board names so many. */
const shown = 8
/** And counts so far: who has more of them knows it is too much. */
const countedAtMost = 100
const failedWithinMs = 24 * 3_600_000

/** From so much promised of what can be sold, new orders go elsewhere. A default of ours: no document says it. */
const fullShare = 0.9

interface Found {
  readonly kind: AlarmKind
  readonly count: number
  readonly items: readonly Alarm[]
}

const plain = { organisationName: null, nodeId: null, since: null, share: null } as const

const ofPlatforms = ({ platforms }: Situation, now: Date): Found[] => {
  const alarmOf =
    (kind: AlarmKind, severity: Alarm['severity'], since: 'probedAt' | 'listedAt') =>
    (it: Situation['platforms'][number]): Alarm => ({
      ...plain,
      kind,
      severity,
      id: toId('platform', it.id),
      name: it.name,
      nodeId: toId('node', it.nodeId),
      since: it[since]?.toISOString() ?? null,
    })
  const away = platforms.filter(({ state }) => state === 'unreachable' || state === 'refused')
  const stale = platforms.filter((it) => isStale(it, now))
  return [
    { kind: 'platform-away', count: away.length, items: away.map(alarmOf('platform-away', 'error', 'probedAt')) },
    { kind: 'platform-stale', count: stale.length, items: stale.map(alarmOf('platform-stale', 'warning', 'listedAt')) },
  ]
}

const ofPools = ({ platforms, pools }: Situation): Found => {
  const nodeOf = new Map(platforms.map((it) => [it.id, it.nodeId]))
  const shareOf = (it: Situation['pools'][number]): number =>
    Math.max(
      it.vcpusSellable > 0 ? it.vcpusPromised / it.vcpusSellable : 0,
      it.memoryMibSellable > 0 ? it.memoryMibPromised / it.memoryMibSellable : 0,
    )
  const full = pools
    .filter((it) => shareOf(it) >= fullShare)
    .toSorted((a, b) => shareOf(b) - shareOf(a))
    .map((it): Alarm => {
      const nodeId = nodeOf.get(it.platformId)
      return {
        ...plain,
        kind: 'pool-full',
        severity: 'warning',
        id: toId('platform', it.platformId),
        name: it.platformName,
        nodeId: nodeId === undefined ? null : toId('node', nodeId),
        share: shareOf(it),
      }
    })
  return { kind: 'pool-full', count: full.length, items: full }
}

const ofLinks = (links: readonly BoardLink[]): Found => {
  const beyond = links
    .filter(({ verdict }) => verdict === 'broken' || verdict === 'implausible')
    .map(
      (it): Alarm => ({
        ...plain,
        kind: 'link-limit',
        severity: it.verdict === 'broken' ? 'error' : 'warning',
        id: it.id,
        name: `${it.from.name} – ${it.to.name}`,
        nodeId: it.from.nodeId,
        since: it.measuredAt,
      }),
    )
  return { kind: 'link-limit', count: beyond.length, items: beyond }
}

const ofOperations = async (deps: BoardDeps, scope: Scope): Promise<Found> => {
  const since = new Date(deps.clock.now().getTime() - failedWithinMs)
  const failed = await deps.operations.failed(scope, since, countedAtMost + 1)
  const first = failed.slice(0, shown)
  const owners = [...new Set(first.map((it) => it.organisationId))]
  const names = await deps.organisations.names(deps.database.plain, owners)
  const items = first.map(
    (it): Alarm => ({
      ...plain,
      kind: 'operation-failed',
      severity: it.state === 'failed-with-residue' ? 'error' : 'warning',
      id: toId('operation', it.id),
      name: it.saga,
      organisationName: names.get(it.organisationId) ?? null,
      since: it.endedAt?.toISOString() ?? null,
    }),
  )
  return { kind: 'operation-failed', count: failed.length, items }
}

const ofRequests = async (deps: BoardDeps, act: Act, overdue: number): Promise<Found> => {
  const late = overdue === 0 ? [] : await deps.requests.listQueue(act, { overdue: true, limit: shown })
  const items = late.map(
    (it): Alarm => ({
      ...plain,
      kind: 'request-overdue',
      severity: 'warning',
      id: it.id,
      name: it.name,
      organisationName: it.organisationName,
      since: it.dueAt,
    }),
  )
  return { kind: 'request-overdue', count: overdue, items }
}

/** What is wrong now, as far as the product knows by itself; until a watch of its own comes, this is what alarms are. */
export const alarmsOf = async (
  deps: BoardDeps,
  act: Act,
  of: { readonly situation: Situation; readonly links: readonly BoardLink[]; readonly overdue: number },
): Promise<Board['alarms']> => {
  const [operations, requests] = await Promise.all([ofOperations(deps, act.scope), ofRequests(deps, act, of.overdue)])
  const { situation } = of
  const all = [...ofPlatforms(situation, deps.clock.now()), ofPools(situation), ofLinks(of.links), operations, requests]
  const found = alarmKinds.flatMap((kind) => all.filter((it) => it.kind === kind && it.count > 0))
  return {
    counts: found.map(({ kind, count }) => ({
      kind,
      count: Math.min(count, countedAtMost),
      more: count > countedAtMost,
    })),
    items: found.flatMap(({ items }) => items.slice(0, shown)),
  }
}
