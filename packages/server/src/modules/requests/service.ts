import { fromId, type Locale, type ServiceRequest } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { ApprovalService } from '../approvals/index.ts'
import type { BudgetService } from '../budgets/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { IdentityService } from '../identity/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import type { PlacementService } from '../placement/index.ts'
import type { QuotaService } from '../quota/index.ts'
import type { ResourceService } from '../resources/index.ts'
import type { SystemService } from '../systems/index.ts'
import type { TemplateService } from '../templates/index.ts'
import { attachments } from './attachments/attachments.ts'
import { askPower, changeDoors, reclaim } from './change.ts'
import { copyAsTemplate } from './copy-as-template.ts'
import { decisions, withdrawOpen } from './decide.ts'
import { create, edit, quote, viewOne } from './draft.ts'
import { operationEnded } from './ended.ts'
import { tellEndings } from './endings.ts'
import { explain, preview } from './explain.ts'
import { find } from './find.ts'
import { amendLine, dropLine } from './lines.ts'
import { countSteps, list, listEnding, listInbox, listQueue } from './list.ts'
import { members } from './members.ts'
import { move } from './move.ts'
import { policies } from './policy.ts'
import { expire, purge, quotePurge } from './recycle.ts'
import * as store from './store.ts'

export interface RequestDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly approvals: Pick<
    ApprovalService,
    | 'route'
    | 'begin'
    | 'beginAtBureau'
    | 'beginAtReceiver'
    | 'ensureOpen'
    | 'agree'
    | 'refuse'
    | 'end'
    | 'deadline'
    | 'stagesOf'
    | 'waitingFor'
    | 'concerns'
  >
  readonly organisations: Pick<OrganisationService, 'operatorOf' | 'bureauOf' | 'ended' | 'reach' | 'names' | 'within'>
  readonly identity: Pick<IdentityService, 'names'>
  readonly platformNames: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly budgets: Pick<BudgetService, 'wouldExceed'>
  readonly quota: Pick<QuotaService, 'isBounded' | 'leftPercent' | 'limitsOf'>
  readonly systems: Pick<SystemService, 'reach' | 'names'>
  readonly catalogue: Pick<CatalogueService, 'plan' | 'plans' | 'testDays' | 'pricesOf' | 'componentsById'>
  readonly attachmentLimits: { readonly fileMib: number; readonly requestMib: number }
  readonly templates: Pick<TemplateService, 'lines' | 'make'>
  readonly placement: PlacementService
  readonly resources: Pick<
    ResourceService,
    | 'standingServers'
    | 'orderUnits'
    | 'startChange'
    | 'addPart'
    | 'removePart'
    | 'startReclaim'
    | 'startRecycle'
    | 'startRestore'
    | 'endRestore'
    | 'inability'
    | 'startPower'
    | 'startRename'
    | 'nameTaken'
    | 'makeFormal'
    | 'setEnd'
    | 'setBusy'
    | 'freeAll'
    | 'busyWith'
    | 'reach'
    | 'requestOf'
    | 'lockOne'
    | 'lockUnit'
    | 'lockAllOf'
    | 'lockLine'
    | 'reclaimUnits'
    | 'transfer'
    | 'startTakeSnapshot'
    | 'startRestoreSnapshot'
    | 'startRemoveSnapshot'
    | 'snapshotOf'
    | 'whyNotRestorable'
  >
}

/** Within the caller's scope, or waiting for a decision of theirs. */
const findConcerned = async (
  { database: { plain }, approvals }: RequestDeps,
  act: Act,
  id: string,
): Promise<store.RequestRow | null> => {
  const uuid = fromId('request', id)
  if (!uuid) return null
  const own = await store.findRequest(plain, act.scope, uuid)
  if (own) return own
  return (await approvals.concerns(plain, act, uuid)) ? store.findRequest(plain, everything, uuid) : null
}

export const createRequestService = (deps: RequestDeps) => ({
  quote: quote(deps),
  explainPlacement: explain(deps, (act, id) => findConcerned(deps, act, id)),
  previewPlacement: preview(deps),
  create: create(deps),
  edit: edit(deps),
  copyAsTemplate: copyAsTemplate(deps),
  attachments: attachments(deps),
  list: list(deps),
  listInbox: listInbox(deps),
  listQueue: listQueue(deps),
  listEnding: listEnding(deps),
  countSteps: countSteps(deps),
  find: find(deps),

  /** What systems they are for are called, by bare id. */
  async names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await store.systemsOf(tx, ids)
    const names = await deps.systems.names(tx, [...new Set(found.map((it) => it.systemId))])
    return new Map(found.map((it) => [it.id, names.get(it.systemId) ?? '']))
  },

  ...decisions(deps),
  dropLine: dropLine(deps),
  amendLine: amendLine(deps),
  members: members(deps),
  takeOver: store.giveRequests,
  countOpen: store.countOpen,
  changes: changeDoors(deps),
  askPower: askPower(deps),
  withdrawOpen: withdrawOpen(deps),
  reclaim: reclaim(deps),
  operationEnded: operationEnded(deps),
  tellEndings: tellEndings(deps),

  async get(act: Act, id: string, locale: Locale): Promise<ServiceRequest | Refusal> {
    const row = await findConcerned(deps, act, id)
    return row ? viewOne(deps, deps.database.plain, row, locale) : refuse('not-found')
  },

  /** By advice: the request that has seen to its resource since it was found. */
  async resolvedBy(
    tx: Tx,
    advice: readonly { id: string; resourceId: string; requestId: string | null; foundAt: Date }[],
  ): Promise<ReadonlyMap<string, string>> {
    const asked = advice.flatMap(({ id, resourceId, requestId, foundAt }) =>
      requestId === null ? [] : [{ key: id, resourceId, requestId, since: foundAt }],
    )
    const found = await store.completedAbout(tx, asked)
    return new Map(found.map((it) => [it.key, it.requestId]))
  },

  /** When the tests of requests end, for those that have one. */
  async testEnds(tx: Tx, uuids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const found = await store.testEndsOf(tx, uuids)
    return new Map(found.map((row) => [row.id, row.testEndsAt]))
  },

  expire: expire(deps),
  purge: purge(deps),
  quotePurge: quotePurge(deps),
  ...policies(deps),

  /** What was reclaimed within a month that is now closed has passed its last step. */
  async settleReclaimed(tx: Tx, organisationId: string, from: Date, before: Date): Promise<void> {
    for (const { id } of await store.reclaimedWithin(tx, organisationId, from, before)) {
      const row = await store.lockRequest(tx, everything, id)
      if (row) await move(deps, tx, row, { event: 'settle' })
    }
  },
})

export type RequestService = ReturnType<typeof createRequestService>
