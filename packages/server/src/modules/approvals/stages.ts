import type { RouteStage } from '@yiduo/contract'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { deadline } from './calendar.ts'
import { type RouteFacts, stagesFor } from './model.ts'
import { bureauParty, organisationOf, receiverParty } from './parties.ts'
import type { ApprovalDeps } from './service.ts'
import * as store from './store.ts'

/** Where a subject stands after somebody has sent it or decided on it. */
export type Standing =
  | { readonly state: 'agreed' }
  | { readonly state: 'open'; readonly stage: string; readonly dueAt: Date }

/** Opens a stage: one seat for each of its parties that there is. */
export const openStage = async (
  deps: ApprovalDeps,
  tx: Tx,
  stage: store.StageRow,
  /** Who sits at the first stage, where no route names it. */
  firstOrganisationId: string | null = null,
): Promise<Standing | Refusal> => {
  const now = deps.clock.now()
  let position = 0
  for (const party of stage.parties) {
    const organisationId = await organisationOf(deps, tx, party, { ...stage, firstOrganisationId })
    if (organisationId) {
      position += 1
      await store.insertSeat(tx, { ...emptySeat, ...seatOf(stage), position, party, organisationId, escalated: false })
    } else if (stage.needs === 'all') return refuse('party-missing', { party })
  }
  if (position === 0) return refuse('party-missing', { party: stage.parties.join(', ') })
  const dueAt = await deadline(tx, now, stage.limitMinutes)
  await store.updateStage(tx, { ...stage, state: 'open', dueAt })
  return { state: 'open', stage: stage.name, dueAt }
}

export const seatOf = ({ subjectId, round, position }: store.StageRow) => ({ subjectId, round, stage: position })
export const emptySeat = {
  decidedBy: null,
  byLogin: null,
  decidedFor: null,
  forLogin: null,
  verdict: null,
  remark: '',
  endedAt: null,
} as const

const begin = async (
  deps: ApprovalDeps,
  tx: Tx,
  subject: store.Subject,
  stages: readonly RouteStage[],
  firstOrganisationId: string | null,
): Promise<Standing | Refusal> => {
  await store.endStages(tx, subject.subjectId, deps.clock.now())
  const round = (await store.lastRound(tx, subject.subjectId)) + 1
  const rows = stages.map(
    (stage, index): store.StageRow => ({
      ...subject,
      ...stage,
      round,
      position: index + 1,
      state: 'waiting',
      dueAt: null,
      escalatedAt: null,
      endedAt: null,
    }),
  )
  for (const row of rows) await store.insertStage(tx, row)
  const [first] = rows
  return first ? openStage(deps, tx, first, firstOrganisationId) : { state: 'agreed' }
}

/** The stages that something goes through when it is sent now; none where a rule approves it. */
export const route =
  (_deps: ApprovalDeps) =>
  async (tx: Tx, operatorOrganisationId: string, facts: RouteFacts): Promise<readonly RouteStage[]> =>
    stagesFor(await store.routesFor(tx, operatorOrganisationId), facts)

/** Begins a round; whatever was still open of the round before it has ended. */
export const beginRound =
  (deps: ApprovalDeps) =>
  (tx: Tx, subject: store.Subject, stages: readonly RouteStage[]): Promise<Standing | Refusal> =>
    begin(deps, tx, subject, stages, null)

/** Five working days to look at what one is given. No plan names a figure: 待核. */
const acceptingMinutes = 5 * 480

/** First whoever is to receive it agrees, then it goes on its route. */
export const beginAtReceiver =
  (deps: ApprovalDeps) =>
  (
    tx: Tx,
    subject: store.Subject,
    stages: readonly RouteStage[],
    receiverOrganisationId: string,
  ): Promise<Standing | Refusal> => {
    const consent: RouteStage = {
      name: '接收确认',
      parties: [receiverParty],
      needs: 'any',
      limitMinutes: acceptingMinutes,
      escalateTo: null,
    }
    return begin(deps, tx, subject, [consent, ...stages], receiverOrganisationId)
  }

/** Five working days to collect what a county asks for. No plan names a figure: 待核. */
const collectingMinutes = 5 * 480

/** Waits at the bureau that collects for its county. */
export const beginAtBureau =
  (deps: ApprovalDeps) =>
  (tx: Tx, subject: store.Subject, bureauOrganisationId: string): Promise<Standing | Refusal> =>
    begin(
      deps,
      tx,
      subject,
      [{ name: '县级归集', parties: [bureauParty], needs: 'any', limitMinutes: collectingMinutes, escalateTo: null }],
      bureauOrganisationId,
    )
