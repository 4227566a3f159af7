import type { ApprovalStage } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, type Keyset, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { scopeOf } from '../../platform/http/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import { daysUnlike, deadline, listWorkingDays, setWorkingDay } from './calendar.ts'
import { agree, permissionFor, refuseIt } from './decide.ts'
import { escalateAll } from './escalate.ts'
import { byOperator } from './model.ts'
import { bureauParty } from './parties.ts'
import { createRoute, editRoute, withdrawRoute } from './routing.ts'
import { beginAtBureau, beginRound, route } from './stages.ts'
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
  /** Ids of people who may do an operation at an organisation, two at most: one is few, none is nobody. */
  readonly peopleWhoMay: (tx: Tx, operation: string, organisationId: string) => Promise<readonly string[]>
}

/** Where the caller may decide, and where they may send on what a county asks for. */
const scopesOf = ({ clock }: ApprovalDeps, { caller, scope }: Act) => {
  const of = (party: string) =>
    caller.kind === 'person' ? scopeOf(caller.grants, permissionFor(party), clock.now()) : scope
  return { deciding: of(''), forwarding: of(bureauParty) }
}

export const createApprovalService = (deps: ApprovalDeps) => ({
  route: route(deps),
  begin: beginRound(deps),
  beginAtBureau: beginAtBureau(deps),
  agree: agree(deps),
  refuse: refuseIt(deps),
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

  /** Whether it waits for a decision that the caller may take. */
  waitsFor: async (tx: Tx, act: Act, subjectId: string): Promise<boolean> =>
    store.isWaitingFor(tx, subjectId, scopesOf(deps, act)),

  /** What waits for a decision that the caller may take, the newest first, one more than the page has. */
  async waitingFor(tx: Tx, act: Act, kind: 'request' | 'collection', page: Keyset): Promise<readonly string[]> {
    const found = await store.waitingFor(tx, kind, scopesOf(deps, act), page)
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
