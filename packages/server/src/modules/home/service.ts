import { fault, type Home, type Locale, toId } from '@yiduo/contract'
import { monthBefore, monthOf } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError, isRefusal } from '../../kernel/refusal.ts'
import type { Database } from '../../platform/database/index.ts'
import type { AdviceService } from '../advice/index.ts'
import type { ApprovalService } from '../approvals/index.ts'
import type { BudgetService } from '../budgets/index.ts'
import type { CollectionService } from '../collections/index.ts'
import type { DemandService } from '../demand/index.ts'
import type { FindingService } from '../findings/index.ts'
import type { IdentityService } from '../identity/index.ts'
import type { NodeService } from '../nodes/index.ts'
import type { NoticeService } from '../notices/index.ts'
import type { OperationService } from '../operations/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import type { QuotaService } from '../quota/index.ts'
import type { RequestService } from '../requests/index.ts'
import type { SettlementService } from '../settlement/index.ts'
import type { SystemService } from '../systems/index.ts'
import { queues } from './queues.ts'
import { actWith, countedAtMost, isReaching } from './reach.ts'

export interface HomeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly requests: Pick<RequestService, 'listQueue' | 'listEnding'>
  readonly approvals: Pick<ApprovalService, 'waitingFor'>
  readonly collections: Pick<CollectionService, 'byIds'>
  readonly organisations: Pick<OrganisationService, 'names' | 'reach'>
  readonly statements: Pick<SettlementService['statements'], 'list'>
  readonly settlement: Pick<SettlementService, 'charges'>
  readonly demand: Pick<DemandService, 'list'>
  readonly advice: Pick<AdviceService, 'list'>
  readonly systems: Pick<SystemService, 'names'>
  readonly quota: Pick<QuotaService, 'limitsOf'>
  readonly budgets: Pick<BudgetService, 'list'>
  readonly notices: Pick<NoticeService, 'list'>
  readonly nodes: Pick<NodeService, 'away'>
  readonly operations: Pick<OperationService, 'list'>
  readonly identity: Pick<
    IdentityService,
    'listGrants' | 'listGrantReviews' | 'listProviders' | 'serviceTokensEnding' | 'called'
  >
  readonly findings: Pick<FindingService, 'list'>
}

const expiringDays = 30
const dayMs = 86_400_000

const personOf = ({ caller }: Act) => {
  if (caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return caller
}

/** What the caller's own organisation is charged; null where they may not see its bills. */
const moneyOf = async (deps: HomeDeps, act: Act, organisationId: string): Promise<Home['money']> => {
  const { plain } = deps.database
  const own = await deps.organisations.reach(plain, actWith(deps, act, 'bill.get'), organisationId)
  if (!own) return null
  const month = monthOf(deps.clock.now())
  const sumOf = async (of: string): Promise<number | null> => {
    const charged = await deps.settlement.charges(plain, organisationId, of, of)
    return isRefusal(charged) ? null : charged.reduce((sum, it) => sum + it.amountYuanE4, 0)
  }
  const id = toId('organisation', organisationId)
  const budgets = await deps.budgets.list(actWith(deps, act, 'budget.list'), id, month.slice(0, 4))
  return {
    month,
    soFarYuanE4: await sumOf(month),
    lastMonthYuanE4: await sumOf(monthBefore(month)),
    budgets: isRefusal(budgets) ? [] : budgets.items,
  }
}

const counted = <T>(found: readonly T[]) => ({
  count: Math.min(found.length, countedAtMost),
  more: found.length > countedAtMost,
  items: found.slice(0, 5),
})

const residuesFor = async (deps: HomeDeps, act: Act, locale: Locale): Promise<Home['residues']> => {
  const own = actWith(deps, act, 'operation.take-back')
  if (!isReaching(own)) return counted([])
  const query = { state: 'failed-with-residue' as const, limit: countedAtMost + 1 }
  const { items } = await deps.operations.list(own, query, locale)
  return counted(items.map(({ id, saga, endedAt }) => ({ id, saga, endedAt })))
}

const quotasOf = async (deps: HomeDeps, act: Act, organisationId: string): Promise<Home['quotas']> => {
  const { plain } = deps.database
  const own = await deps.organisations.reach(plain, actWith(deps, act, 'quota.list'), organisationId)
  return own ? [...((await deps.quota.limitsOf(plain, [organisationId])).get(organisationId) ?? [])] : []
}

const get =
  (deps: HomeDeps) =>
  async (act: Act, locale: Locale): Promise<Home> => {
    const { organisationId } = personOf(act)
    const before = new Date(deps.clock.now().getTime() + expiringDays * dayMs)
    const listing = actWith(deps, act, 'request.list')
    const probing = actWith(deps, act, 'platform.probe')
    return {
      queues: await queues(deps, act, locale),
      quotas: await quotasOf(deps, act, organisationId),
      money: await moneyOf(deps, act, organisationId),
      expiring: counted(isReaching(listing) ? await deps.requests.listEnding(listing, before, countedAtMost + 1) : []),
      unread: (await deps.notices.list(act, { limit: 1 }, locale)).unreadCount,
      platformsAway: isReaching(probing) ? await deps.nodes.away(deps.database.plain, probing.scope) : [],
      residues: await residuesFor(deps, act, locale),
    }
  }

export const createHomeService = (deps: HomeDeps) => ({ get: get(deps) })

export type HomeService = ReturnType<typeof createHomeService>
