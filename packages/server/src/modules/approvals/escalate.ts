import { toId } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import type { Tx } from '../../platform/database/index.ts'
import { deadline } from './calendar.ts'
import { officeOf, officeRoles, organisationOf } from './parties.ts'
import type { ApprovalDeps } from './service.ts'
import { emptySeat, seatOf } from './stages.ts'
import * as store from './store.ts'

type Reason = 'overdue' | 'nobody-left'

/** Where nobody is left at a stage, somebody above must be found even if its route names none. */
const partiesToCall = (stage: store.StageRow, reason: Reason): readonly string[] => [
  ...(stage.escalateTo === null ? [] : [stage.escalateTo]),
  ...(reason === 'nobody-left' ? ['upper-operator', 'authority'] : []),
]

const call = async (deps: ApprovalDeps, tx: Tx, stage: store.StageRow, reason: Reason): Promise<string | null> => {
  const seats = await store.seatsOf(tx, stage)
  for (const party of partiesToCall(stage, reason)) {
    const organisationId = await organisationOf(deps, tx, party, stage)
    if (!organisationId || seats.some((seat) => seat.organisationId === organisationId)) continue
    const position = seats.length + 1
    await store.insertSeat(tx, { ...emptySeat, ...seatOf(stage), position, party, organisationId, escalated: true })
    return party
  }
  return null
}

/** Calls another party to a stage, or says that it is late and nobody else is there to be called. */
const escalate = (deps: ApprovalDeps, of: store.StageRow, reason: Reason): Promise<unknown> =>
  deps.database.transaction(
    programAct('escalation-reconciler', `${of.subjectKind}.escalate`, of.subjectId),
    async (tx) => {
      const stage = await store.openStage(tx, of.subjectId)
      if (!stage || stage.round !== of.round || stage.position !== of.position || stage.escalatedAt) return null
      const now = deps.clock.now()
      const party = await call(deps, tx, stage, reason)
      const dueAt = party === null ? stage.dueAt : await deadline(tx, now, stage.limitMinutes)
      await store.updateStage(tx, { ...stage, dueAt, escalatedAt: now })
      await deps.record(tx, {
        as: `${stage.subjectKind}.${party === null ? 'overdue' : 'escalate'}`,
        on: toId(stage.subjectKind, stage.subjectId),
        organisationId: stage.organisationId,
        after: {
          stage: stage.name,
          reason,
          party,
          operatorOrganisationId: toId('organisation', stage.operatorOrganisationId),
        },
      })
      return null
    },
  )

/** Whether the sender, who may not decide, is the only one there. */
const isLeftAlone = (people: readonly string[], sentBy: string | null): boolean =>
  people.every((personId) => personId === sentBy)

const left = async (deps: ApprovalDeps): Promise<readonly store.StageRow[]> => {
  const tx = deps.database.plain
  const stages: store.StageRow[] = []
  for (const { organisationId, party } of await store.waitingOrganisations(tx)) {
    const people = await deps.peopleOver(tx, officeRoles[officeOf(party)], organisationId)
    if (people.length > 1) continue
    for (const stage of await store.openStagesOf(tx, organisationId)) {
      const seats = (await store.seatsOf(tx, stage)).filter((seat) => seat.endedAt === null)
      const elsewhere = stage.needs === 'any' && seats.some((seat) => seat.organisationId !== organisationId)
      if (!elsewhere && isLeftAlone(people, stage.sentBy)) stages.push(stage)
    }
  }
  return stages
}

export const escalateAll = (deps: ApprovalDeps) => async (): Promise<void> => {
  for (const stage of await store.overdue(deps.database.plain, deps.clock.now(), 100))
    await escalate(deps, stage, 'overdue')
  for (const stage of await left(deps)) await escalate(deps, stage, 'nobody-left')
}
