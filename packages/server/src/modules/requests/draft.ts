import {
  type BodyOf,
  describeFault,
  fromId,
  type Locale,
  type Quote,
  type requestCreate,
  type ServiceRequest,
  toId,
} from '@yiduo/contract'
import { type Act, callerName, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import type { Tx } from '../../platform/database/index.ts'
import { endInPast } from './changes/end.ts'
import { deliver } from './deliver.ts'
import { maxServers } from './model.ts'
import { startTrack } from './move.ts'
import { type PricedLine, priceAll } from './price.ts'
import { sumOfPrices } from './reprice.ts'
import { extentOf, isForTheRule } from './route.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'
import { viewRequests } from './view.ts'
import { wantedLines } from './wanted-lines.ts'

export type RequestAsk = BodyOf<typeof requestCreate>

export const viewOne = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  locale: Locale,
): Promise<ServiceRequest> => present((await viewRequests(deps, tx, [row], locale))[0], 'view')

const insertLines = async (
  deps: RequestDeps,
  tx: Tx,
  requestId: string,
  lines: readonly DraftLine[],
): Promise<void> => {
  for (const [position, line] of lines.entries())
    await store.insertLine(tx, {
      id: deps.newId(),
      requestId,
      position,
      planId: line.plan.id,
      name: line.ask.name,
      quantity: line.quantity,
      imageName: line.imageName,
      dataVolumeGib: line.dataVolumeGib,
      publicAddress: line.publicAddress,
      preferredPlatformId: line.ask.platformId === undefined ? null : fromId('platform', line.ask.platformId),
      platformId: null,
      resourceId: null,
      resourceKind: null,
      sizeGib: null,
      changesFrom: null,
      change: null,
      template: line.template,
      monthlyPriceYuanE4: line.monthlyPriceYuanE4,
    })
}

/** A line with the template it was made of. */
type DraftLine = PricedLine & Pick<store.LineRow, 'template'>

type Asked = Pick<
  store.RequestRow,
  | 'organisationId'
  | 'operatorOrganisationId'
  | 'bureauOrganisationId'
  | 'systemId'
  | 'monthlyPriceYuanE4'
  | 'approvedByRule'
  | 'expiresAt'
>

/** What was asked, looked up, priced and routed. */
export const lookUp = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  ask: RequestAsk,
): Promise<{ asked: Asked; lines: DraftLine[] } | Refusal> => {
  const systemId = fromId('system', ask.systemId)
  const system = systemId && (await deps.systems.reach(tx, act, systemId))
  if (!system) return refuse('not-found')
  const wanted = await wantedLines(deps, tx, act, ask)
  if (isRefusal(wanted)) return wanted
  const servers = wanted.reduce((total, line) => total + (line.ask.quantity ?? 1), 0)
  if (servers > maxServers) return refuse('request-too-large', { asked: servers, limit: maxServers })
  const expiresAt = ask.expiresAt === undefined ? null : new Date(ask.expiresAt)
  const past = endInPast(deps.clock, expiresAt)
  if (past) return past
  const { organisationId } = system
  const ended = await deps.organisations.ended(tx, organisationId)
  if (ended) return ended
  const operatorOrganisationId = await deps.organisations.operatorOf(tx, organisationId)
  if (operatorOrganisationId === null) {
    const organisation = await deps.organisations.reach(tx, { ...act, scope: everything }, organisationId)
    return refuse('operator-missing', { organisation: organisation?.name ?? '' })
  }
  const priced = await priceAll(
    deps,
    tx,
    wanted.map((it) => it.ask),
  )
  if (isRefusal(priced)) return priced
  const lines = priced.map((line, index) => ({ ...line, template: wanted[index]?.template ?? null }))
  const asked = {
    kind: 'open' as const,
    organisationId,
    operatorOrganisationId,
    bureauOrganisationId: await deps.organisations.bureauOf(tx, organisationId),
    systemId: system.id,
    monthlyPriceYuanE4: sumOfPrices(lines),
    expiresAt,
  }
  const approvedByRule = asked.bureauOrganisationId === null && (await isForTheRule(deps, tx, asked, extentOf(lines)))
  return { asked: { ...asked, approvedByRule }, lines }
}

const draft = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  ask: RequestAsk,
): Promise<{ row: store.RequestRow; lines: DraftLine[] } | Refusal> => {
  const found = await lookUp(deps, tx, act, ask)
  if (isRefusal(found)) return found
  const { asked, lines } = found
  const now = deps.clock.now()
  const row: store.RequestRow = {
    ...asked,
    id: deps.newId(),
    kind: 'open',
    collectionId: null,
    aboutRequestId: null,
    state: 'draft',
    sentBy: null,
    testEndsAt: null,
    graceEndsAt: null,
    purgeAt: null,
    fault: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  await store.insertRequest(tx, row)
  await insertLines(deps, tx, row.id, lines)
  await startTrack(deps, tx, row, { by: callerName(act.caller), remark: '' })
  return { row, lines }
}

export const create =
  (deps: RequestDeps) =>
  (act: Act, ask: RequestAsk, locale: Locale): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const made = await draft(deps, tx, act, ask)
      if (isRefusal(made)) return made
      const view = await viewOne(deps, tx, made.row, locale)
      await deps.record(tx, { on: view.id, organisationId: made.row.organisationId, after: view })
      return view
    })

export const edit =
  (deps: RequestDeps) =>
  (act: Act, id: string, ask: RequestAsk, revision: number | null, locale: Locale): Promise<ServiceRequest | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('request', id)
      const row = uuid && (await store.lockRequest(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const stale = staleBy(revision, row.revision)
      if (stale) return stale
      if (row.kind !== 'open' || (row.state !== 'draft' && row.state !== 'returned'))
        return refuse('step-not-allowed', { event: 'edit', state: row.state })
      const found = await lookUp(deps, tx, act, ask)
      if (isRefusal(found)) return found
      const before = await viewOne(deps, tx, row, locale)
      await store.deleteLines(tx, row.id)
      await insertLines(deps, tx, row.id, found.lines)
      const edited: store.RequestRow = {
        ...row,
        ...found.asked,
        revision: row.revision + 1,
        updatedAt: deps.clock.now(),
      }
      await store.updateRequest(tx, edited)
      const view = await viewOne(deps, tx, edited, locale)
      await deps.record(tx, { on: id, organisationId: row.organisationId, before, after: view })
      return view
    })

/** Prices a request and rehearses its approval: the very commit that would take quota and capacity, taken back. */
export const quote =
  (deps: RequestDeps) =>
  (act: Act, ask: RequestAsk, locale: Locale): Promise<Quote | Refusal> =>
    deps.database.rehearse(act, async (tx) => {
      const made = await draft(deps, tx, act, ask)
      if (isRefusal(made))
        return made.refused.code === 'not-found'
          ? made
          : { monthlyPriceYuanE4: 0, lines: [], approvedByRule: false, refusals: [describeFault(made.refused, locale)] }
      const refusal = await deliver(deps, tx, made.row)
      const placed = await store.linesOf(tx, [made.row.id])
      return {
        monthlyPriceYuanE4: made.row.monthlyPriceYuanE4,
        lines: placed.map((line) => ({
          name: line.name,
          monthlyPriceYuanE4: line.monthlyPriceYuanE4,
          platformId: line.platformId && toId('platform', line.platformId),
        })),
        approvedByRule: made.row.approvedByRule,
        refusals: refusal ? [describeFault(refusal.refused, locale)] : [],
      }
    })
