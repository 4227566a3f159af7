import type { ApprovalStage, Role } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, type Keyset, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import { daysUnlike, deadline, listWorkingDays, setWorkingDay } from './calendar.ts'
import { agree, refuseIt } from './decide.ts'
import { escalateAll } from './escalate.ts'
import { byOperator } from './model.ts'
import { createRoute, editRoute, withdrawRoute } from './routing.ts'
import { scopesOf } from './scope.ts'
import { beginAtBureau, beginAtReceiver, beginRound, route } from './stages.ts'
import * as store from './store.ts'
import { viewRoute, viewStage } from './view.ts'

export interface ApprovalDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly organisations: Pick<
    OrganisationService,
    'reach' | 'exists' | 'operatorAbove' | 'authorityOf' | 'reachesProvince'
  >
  /** Ids of people who hold one of the roles over an organisation, two at most: one is few, none is nobody. */
  readonly peopleOver: (tx: Tx, roles: readonly Role[], organisationId: string) => Promise<readonly string[]>
}

export const createApprovalService = (deps: ApprovalDeps) => ({
  route: route(deps),
  begin: beginRound(deps),
  beginAtBureau: beginAtBureau(deps),
  beginAtReceiver: beginAtReceiver(deps),
  agree: agree(deps),
  refuse: refuseIt(deps),
  takeOver: store.giveSeats,
  deadline,
  daysUnlike,
  escalate: escalateAll(deps),

  /** Nothing more is to be decided on it. */
  end: (tx: Tx, subjectId: string) => store.endStages(tx, subjectId, deps.clock.now()),

  /** All stages of all rounds, for each of the subjects. */
  async stagesOf(tx: Tx, subjectIds: readonly string[]): Promise<ReadonlyMap<string, ApprovalStage[]>> {
    const seats = Map.groupBy(await store.seatsOfAll(tx, subjectIds), (seat) => seat.subjectId)
    const stages = Map.groupBy(await store.stagesOf(tx, subjectIds), (stage) => stage.subjectId)
    return new Map(
      [...stages].map(([id, rows]) => [id, rows.map((stage) => viewStage(stage, seats.get(id) ?? []))] as const),
    )
  },

  /** What was sent before there were stages has one of its operator. */
  async ensureOpen(tx: Tx, subject: store.Subject): Promise<Refusal | null> {
    if (await store.openStage(tx, subject.subjectId)) return null
    const begun = await beginRound(deps)(tx, subject, byOperator)
    return isRefusal(begun) ? begun : null
  },

  /** Whether the caller has, or had, a seat that they may take: they see what they decide on. */
  concerns: async (tx: Tx, act: Act, subjectId: string): Promise<boolean> =>
    store.concerns(tx, subjectId, scopesOf(act, deps.clock.now())),

  /** What waits for a decision that the caller may take, the newest first, one more than the page has. */
  async waitingFor(tx: Tx, act: Act, kind: 'request' | 'collection', page: Keyset): Promise<readonly string[]> {
    const found = await store.waitingFor(tx, kind, scopesOf(act, deps.clock.now()), page)
    return found.map((row) => row.subjectId)
  },

  async listRoutes(query: { limit?: number; cursor?: string }) {
    const page = keyset(query)
    return toPage(await store.listRoutes(deps.database.plain, page), page, viewRoute)
  },
  createRoute: createRoute(deps),
  editRoute: editRoute(deps),
  withdrawRoute: withdrawRoute(deps),
  listWorkingDays: listWorkingDays(deps),
  setWorkingDay: setWorkingDay(deps),
})

export type ApprovalService = ReturnType<typeof createApprovalService>
