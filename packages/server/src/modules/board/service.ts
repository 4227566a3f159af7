import { type Board, steps, toId } from '@yiduo/contract'
import { linkRules, monthBefore, monthOf } from '@yiduo/engines'
import { type Act, everything, nothingAtAll, type Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../../platform/database/index.ts'
import { scopeOf } from '../../platform/http/index.ts'
import type { AdviceService } from '../advice/index.ts'
import type { NodeService, Situation } from '../nodes/index.ts'
import type { OperationService } from '../operations/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import type { RequestService } from '../requests/index.ts'
import type { SettlementService } from '../settlement/index.ts'
import type { SystemService } from '../systems/index.ts'
import { alarmsOf } from './alarms.ts'
import { viewLinks } from './links.ts'
import { viewNodes } from './nodes.ts'

export interface BoardDeps {
  readonly database: Database
  readonly clock: Clock
  readonly nodes: Pick<NodeService, 'situation'>
  readonly systems: Pick<SystemService, 'heldAt' | 'heldIn' | 'largestIn'>
  readonly requests: Pick<RequestService, 'countSteps' | 'listQueue'>
  readonly advice: Pick<AdviceService, 'countTasks'>
  readonly operations: Pick<OperationService, 'failed'>
  readonly organisations: Pick<OrganisationService, 'names' | 'reachesProvince'>
  readonly settlement: Pick<SettlementService, 'chargedByMonth'>
  readonly statements: Pick<SettlementService['statements'], 'deliveredByMonth'>
}

const months = 6
const largest = 8

/** What is under way in each step; to optimise is what advice asks for. */
const stepsOf = async ({ requests, advice }: BoardDeps, scope: Scope): Promise<Board['steps']> => {
  const [sums, tasks] = await Promise.all([requests.countSteps(scope), advice.countTasks(scope)])
  return steps.map((step) => ({
    step,
    ...(step === 'optimise' ? tasks : (sums.get(step) ?? { count: 0, overdue: 0 })),
  }))
}

const firstMonthBefore = (month: string): string =>
  Array.from({ length: months }).reduce<string>((it) => monthBefore(it), month)

/** What a contract is worth is for those who may see contracts. */
const contractScope = ({ caller }: Act, now: Date): Scope =>
  caller.kind === 'person' ? scopeOf(caller.grants, 'statement.list', now) : nothingAtAll

const monthsOf = async (deps: BoardDeps, act: Act): Promise<Board['months']> => {
  const now = deps.clock.now()
  const month = monthOf(now)
  const first = firstMonthBefore(month)
  const [charged, delivered] = await Promise.all([
    deps.settlement.chargedByMonth(act.scope, first, month),
    deps.statements.deliveredByMonth(contractScope(act, now), first, month),
  ])
  const ids = [...new Set(delivered.map((it) => it.providerOrganisationId))]
  const names = await deps.organisations.names(deps.database.plain, ids)
  const byMonth = Map.groupBy(delivered, (it) => it.month)
  return charged.map((it) => ({
    ...it,
    providers: (byMonth.get(it.month) ?? []).map(({ providerOrganisationId: id, listAmountYuanE4 }) => ({
      id: toId('organisation', id),
      name: names.get(id) ?? '',
      amountYuanE4: listAmountYuanE4,
    })),
  }))
}

const largestOf = async ({ database, systems, organisations }: BoardDeps, scope: Scope): Promise<Board['systems']> => {
  const found = await systems.largestIn(database.plain, scope, largest)
  const names = await organisations.names(database.plain, [...new Set(found.map((it) => it.organisationId))])
  return found.map(({ id, organisationId, ...it }) => ({
    id: toId('system', id),
    organisationName: names.get(organisationId) ?? '',
    ...it,
  }))
}

/** What the platforms that the caller may see carry, by node. */
const carriedBy = async ({ database, systems }: BoardDeps, { platforms }: Situation) => {
  const placed = platforms.map(({ id, nodeId }) => ({ platformId: id, placeId: nodeId }))
  return new Map((await systems.heldAt(database.plain, placed)).map(({ placeId, ...it }) => [placeId, it]))
}

/** Who reaches the root reaches everything: nothing need be asked of each row then. */
const widened = async ({ database, organisations }: BoardDeps, act: Act): Promise<Act> =>
  (await organisations.reachesProvince(database.plain, act)) ? { ...act, scope: everything } : act

/** All that one screen shows; every part of it is as long as the province has nodes or months, never as it has resources. */
const get =
  (deps: BoardDeps) =>
  async (asking: Act): Promise<Board> => {
    const { plain } = deps.database
    const act = await widened(deps, asking)
    const now = deps.clock.now()
    const [situation, underWay, totals, closed, systems] = await Promise.all([
      deps.nodes.situation(plain, act.scope),
      stepsOf(deps, act.scope),
      deps.systems.heldIn(plain, act.scope),
      monthsOf(deps, act),
      largestOf(deps, act.scope),
    ])
    const links = viewLinks(situation)
    // What advice asks for has its own clocks, and its own page.
    const overdue = underWay.reduce((sum, it) => sum + (it.step === 'optimise' ? 0 : it.overdue), 0)
    const [carried, alarms] = await Promise.all([
      carriedBy(deps, situation),
      alarmsOf(deps, act, { situation, links, overdue }),
    ])
    return {
      at: now.toISOString(),
      totals,
      nodes: viewNodes(situation, carried, now),
      links,
      linkRules: linkRules.version,
      steps: underWay,
      alarms,
      months: closed,
      systems,
    }
  }

export const createBoardService = (deps: BoardDeps) => ({ get: get(deps) })

export type BoardService = ReturnType<typeof createBoardService>
