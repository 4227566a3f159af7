import { type ApprovalRoute, type ApprovalStage, toId } from '@yiduo/contract'
import type * as store from './store.ts'

export const viewRoute = (row: store.RouteRow): ApprovalRoute => ({
  id: toId('route', row.id),
  code: row.code,
  operatorOrganisationId: row.operatorOrganisationId && toId('organisation', row.operatorOrganisationId),
  name: row.name,
  position: row.position,
  conditions: row.conditions,
  stages: [...row.stages],
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  revision: row.revision,
})

const viewSeat = (seat: store.SeatRow): ApprovalStage['seats'][number] => ({
  party: seat.party,
  organisationId: toId('organisation', seat.organisationId),
  by: seat.byLogin,
  onBehalfOf: seat.forLogin,
  verdict: seat.verdict,
  remark: seat.remark,
  decidedAt: seat.verdict === null ? null : (seat.endedAt?.toISOString() ?? null),
})

export const viewStage = (stage: store.StageRow, seats: readonly store.SeatRow[]): ApprovalStage => ({
  round: stage.round,
  name: stage.name,
  needs: stage.needs,
  state: stage.state,
  seats: seats.filter((seat) => seat.round === stage.round && seat.stage === stage.position).map(viewSeat),
  dueAt: stage.dueAt?.toISOString() ?? null,
  escalatedAt: stage.escalatedAt?.toISOString() ?? null,
  endedAt: stage.endedAt?.toISOString() ?? null,
})
