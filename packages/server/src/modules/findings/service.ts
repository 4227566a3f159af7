import {
  type BodyOf,
  type Finding,
  type findingAnswer,
  type findingClose,
  type findingList,
  type findingOrder,
  type findingRaise,
  fromId,
  fromResourceId,
  type QueryOf,
  type ResourceKind,
  toId,
} from '@yiduo/contract'
import { type Act, callerName } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { next } from '../../kernel/state-machine.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { sightOf } from '../../platform/http/index.ts'
import { dayOf, type FindingEvent, findingMachine } from './model.ts'
import * as store from './store.ts'

type Reached<T> = Promise<T | null>

export interface FindingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  /** Each null where the act does not reach it. */
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Reached<{ id: string }>
  readonly reachSystem: (tx: Tx, act: Act, uuid: string) => Reached<{ organisationId: string }>
  readonly reachResource: (tx: Tx, act: Act, uuid: string, kind: ResourceKind) => Reached<{ organisationId: string }>
  readonly reachPlatform: (
    tx: Tx,
    act: Act,
    uuid: string,
  ) => Reached<{ organisationId: string; providerOrganisationId: string | null }>
}

const view = (row: store.FindingRow): Finding => ({
  ...row,
  id: toId('finding', row.id),
  organisationId: toId('organisation', row.organisationId),
  providerOrganisationId: row.providerOrganisationId && toId('organisation', row.providerOrganisationId),
  raisedAt: row.raisedAt.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
})

type Concerned = Pick<store.FindingRow, 'organisationId' | 'providerOrganisationId'>

/** Whose thing it is, and who supplies it; null where there is no such thing, or the act does not reach it. */
const concernedBy = async (deps: FindingDeps, tx: Tx, act: Act, subject: string): Promise<Concerned | null> => {
  const organisation = fromId('organisation', subject)
  if (organisation) {
    const found = await deps.reachOrganisation(tx, act, organisation)
    return found && { organisationId: found.id, providerOrganisationId: null }
  }
  const platform = fromId('platform', subject)
  if (platform) return deps.reachPlatform(tx, act, platform)
  const system = fromId('system', subject)
  const resource = fromResourceId(subject)
  const found = system
    ? await deps.reachSystem(tx, act, system)
    : resource && (await deps.reachResource(tx, act, resource.uuid, resource.kind))
  return found && { organisationId: found.organisationId, providerOrganisationId: null }
}

const raise =
  (deps: FindingDeps) =>
  (act: Act, ask: BodyOf<typeof findingRaise>): Promise<Finding | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const concerned = await concernedBy(deps, tx, act, ask.subject)
      if (!concerned) return refuse('not-found')
      const { organisationId, providerOrganisationId } = concerned
      const row: store.FindingRow = {
        ...ask,
        id: deps.newId(),
        organisationId,
        providerOrganisationId,
        state: 'raised',
        dueOn: null,
        remark: '',
        answer: null,
        raisedBy: callerName(act.caller),
        raisedAt: deps.clock.now(),
        answeredAt: null,
        closedAt: null,
      }
      await store.insertFinding(tx, row)
      const made = view(row)
      await deps.record(tx, { on: made.id, organisationId, after: made })
      return made
    })

/** One step of the machine, on what the act can see. */
const step =
  (deps: FindingDeps, event: FindingEvent) =>
  (act: Act, id: string, change: Partial<store.FindingRow>): Promise<Finding | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('finding', id)
      const row = uuid && (await store.lockFinding(tx, sightOf(act, deps.clock.now()), uuid))
      if (!row) return refuse('not-found')
      const state = next(findingMachine, row.state, event)
      if (!state) return refuse('finding-step-not-allowed', { event, state: row.state })
      const after = view(await store.saveFinding(tx, { ...row, ...change, state }))
      await deps.record(tx, { on: id, organisationId: row.organisationId, before: view(row), after })
      return after
    })

export const createFindingService = (deps: FindingDeps) => ({
  raise: raise(deps),

  /** What they are called, by bare id. */
  names: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.titlesOf(tx, ids)).map((it) => [it.id, it.title])),

  async list(act: Act, query: QueryOf<typeof findingList>) {
    const page = keyset(query)
    const filter = {
      state: query.state ?? null,
      severity: query.severity ?? null,
      organisationId: query.organisationId === undefined ? null : fromId('organisation', query.organisationId),
    }
    const sight = sightOf(act, deps.clock.now())
    return toPage(await store.listFindings(deps.database.plain, sight, filter, page), page, view)
  },

  async get(act: Act, id: string): Promise<Finding | Refusal> {
    const uuid = fromId('finding', id)
    const row = uuid && (await store.findFinding(deps.database.plain, sightOf(act, deps.clock.now()), uuid))
    return row ? view(row) : refuse('not-found')
  },

  async order(act: Act, id: string, { dueOn, remark = '' }: BodyOf<typeof findingOrder>): Promise<Finding | Refusal> {
    if (dueOn < dayOf(deps.clock.now())) return refuse('finding-due-in-the-past', { dueOn })
    return step(deps, 'order')(act, id, { dueOn, remark })
  },

  answer: (act: Act, id: string, { answer }: BodyOf<typeof findingAnswer>) =>
    step(deps, 'answer')(act, id, { answer, answeredAt: deps.clock.now() }),

  close: (act: Act, id: string, { remark = '' }: BodyOf<typeof findingClose>) =>
    step(deps, 'close')(act, id, { remark, closedAt: deps.clock.now() }),
})

export type FindingService = ReturnType<typeof createFindingService>
