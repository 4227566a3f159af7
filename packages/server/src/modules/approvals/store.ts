import type { RouteConditions, RouteStage } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, lies, maybeRow, oneRow, rows, run, type Tx, write } from '../../platform/database/index.ts'
import type { Seat } from './model.ts'
import type { Office } from './parties.ts'

export interface RouteRow {
  readonly id: string
  readonly code: string
  readonly operatorOrganisationId: string | null
  readonly name: string
  readonly position: number
  readonly conditions: RouteConditions
  readonly stages: readonly RouteStage[]
  readonly withdrawnAt: Date | null
  readonly revision: number
  readonly createdAt: Date
}

const columns = sql`id, code, operator_organisation_id, name, position, conditions, stages, withdrawn_at, revision, created_at`

export const insertRoute = (tx: Tx, it: RouteRow): Promise<void> =>
  write(
    tx,
    sql`insert into approval_routes (${columns})
        values (${it.id}, ${it.code}, ${it.operatorOrganisationId}, ${it.name}, ${it.position},
                ${JSON.stringify(it.conditions)}, ${JSON.stringify(it.stages)}, ${it.withdrawnAt}, ${it.revision},
                ${it.createdAt})`,
  )

export const lockRoute = (tx: Tx, id: string): Promise<RouteRow | null> =>
  maybeRow(tx, sql`select ${columns} from approval_routes where id = ${id} for update`)

export const updateRoute = (tx: Tx, it: RouteRow): Promise<void> =>
  write(
    tx,
    sql`update approval_routes set name = ${it.name}, position = ${it.position},
               conditions = ${JSON.stringify(it.conditions)}, stages = ${JSON.stringify(it.stages)},
               withdrawn_at = ${it.withdrawnAt}, revision = ${it.revision}
        where id = ${it.id}`,
  )

/** Everybody may know by which route things go: nothing of anybody's stands in it. */
export const listRoutes = (tx: Tx, { after, limit }: Keyset): Promise<RouteRow[]> =>
  rows(
    tx,
    sql`select ${columns} from approval_routes where (${after}::uuid is null or id < ${after})
        order by id desc limit ${limit + 1}`,
  )

/** Those in force for an operator's requests: its own and the whole province's. */
export const routesFor = (tx: Tx, operatorOrganisationId: string): Promise<RouteRow[]> =>
  rows(
    tx,
    sql`select ${columns} from approval_routes
        where withdrawn_at is null
          and (operator_organisation_id is null or operator_organisation_id = ${operatorOrganisationId})
        order by position, id limit 1000`,
  )

/** What is decided on: whose it is, who is in charge of it, who sent it. */
export interface Subject {
  readonly subjectId: string
  readonly subjectKind: 'request' | 'collection'
  readonly organisationId: string
  readonly operatorOrganisationId: string
  readonly sentBy: string | null
}

export interface StageRow extends Subject {
  readonly round: number
  readonly position: number
  readonly name: string
  readonly parties: readonly string[]
  readonly needs: 'any' | 'all'
  readonly limitMinutes: number
  readonly escalateTo: string | null
  readonly state: 'waiting' | 'open' | 'agreed' | 'ended'
  readonly dueAt: Date | null
  readonly escalatedAt: Date | null
  readonly endedAt: Date | null
}

const stageColumns = sql`subject_id, subject_kind, organisation_id, operator_organisation_id, sent_by, round, position, name,
  parties, needs, limit_minutes, escalate_to, state, due_at, escalated_at, ended_at`

export const insertStage = (tx: Tx, it: StageRow): Promise<void> =>
  write(
    tx,
    sql`insert into approval_stages (${stageColumns})
        values (${it.subjectId}, ${it.subjectKind}, ${it.organisationId}, ${it.operatorOrganisationId}, ${it.sentBy},
                ${it.round}, ${it.position}, ${it.name}, ${JSON.stringify(it.parties)}, ${it.needs},
                ${it.limitMinutes}, ${it.escalateTo}, ${it.state}, ${it.dueAt}, ${it.escalatedAt}, ${it.endedAt})`,
  )

export const lastRound = async (tx: Tx, subjectId: string): Promise<number> =>
  (
    await oneRow<{ round: number }>(
      tx,
      sql`select coalesce(max(round), 0) as round from approval_stages where subject_id = ${subjectId}`,
    )
  ).round

export const openStage = (tx: Tx, subjectId: string): Promise<StageRow | null> =>
  maybeRow(
    tx,
    sql`select ${stageColumns} from approval_stages where subject_id = ${subjectId} and state = 'open' for update`,
  )

export const nextStage = (tx: Tx, of: Pick<StageRow, 'subjectId' | 'round' | 'position'>): Promise<StageRow | null> =>
  maybeRow(
    tx,
    sql`select ${stageColumns} from approval_stages
        where subject_id = ${of.subjectId} and round = ${of.round} and position = ${of.position + 1} for update`,
  )

export const updateStage = (tx: Tx, it: StageRow): Promise<void> =>
  write(
    tx,
    sql`update approval_stages set state = ${it.state}, due_at = ${it.dueAt}, escalated_at = ${it.escalatedAt},
               ended_at = ${it.endedAt}
        where subject_id = ${it.subjectId} and round = ${it.round} and position = ${it.position}`,
  )

/** Whatever of a subject is still to be decided need not be any more. */
export const endStages = async (tx: Tx, subjectId: string, at: Date): Promise<void> => {
  await run(
    tx,
    sql`with stages as (
          update approval_stages set state = 'ended', ended_at = ${at}
          where subject_id = ${subjectId} and state in ('waiting', 'open'))
        update approval_seats set ended_at = ${at} where subject_id = ${subjectId} and ended_at is null`,
  )
}

export interface SeatRow extends Seat {
  readonly subjectId: string
  readonly round: number
  readonly stage: number
  readonly position: number
  readonly party: string
  readonly byLogin: string | null
  readonly forLogin: string | null
  readonly remark: string
  readonly endedAt: Date | null
}

export const insertSeat = (tx: Tx, it: SeatRow): Promise<void> =>
  write(
    tx,
    sql`insert into approval_seats (subject_id, round, stage, position, party, organisation_id, escalated)
        values (${it.subjectId}, ${it.round}, ${it.stage}, ${it.position}, ${it.party}, ${it.organisationId}, ${it.escalated})`,
  )

export const seatsOf = (tx: Tx, of: Pick<StageRow, 'subjectId' | 'round' | 'position'>): Promise<SeatRow[]> =>
  rows(
    tx,
    sql`select * from approval_seats
        where subject_id = ${of.subjectId} and round = ${of.round} and stage = ${of.position} order by position`,
  )

export const saveVerdict = (tx: Tx, it: SeatRow): Promise<number> =>
  run(
    tx,
    sql`update approval_seats set decided_by = ${it.decidedBy}, by_login = ${it.byLogin},
               decided_for = ${it.decidedFor}, for_login = ${it.forLogin}, verdict = ${it.verdict}, remark = ${it.remark}, ended_at = ${it.endedAt}
        where subject_id = ${it.subjectId} and round = ${it.round} and stage = ${it.stage} and position = ${it.position}`,
  )

export const endSeats = (tx: Tx, of: Pick<StageRow, 'subjectId' | 'round' | 'position'>, at: Date): Promise<void> =>
  write(
    tx,
    sql`update approval_seats set ended_at = ${at}
        where subject_id = ${of.subjectId} and round = ${of.round} and stage = ${of.position} and ended_at is null`,
  )

export const stagesOf = (tx: Tx, subjectIds: readonly string[]): Promise<StageRow[]> =>
  rows(
    tx,
    sql`select ${stageColumns} from approval_stages where subject_id = any(${[...subjectIds]}::uuid[])
        order by subject_id, round, position`,
  )

export const seatsOfAll = (tx: Tx, subjectIds: readonly string[]): Promise<SeatRow[]> =>
  rows(
    tx,
    sql`select * from approval_seats where subject_id = any(${[...subjectIds]}::uuid[])
        order by subject_id, round, stage, position`,
  )

const reached = (scopes: Readonly<Record<Office, Scope>>) => sql`case
    when s.party = 'bureau' then ${lies(scopes.bureau, 'o')}
    when s.party = 'receiver' then ${lies(scopes.receiver, 'o')}
    when s.party in ('operator', 'upper-operator') then ${lies(scopes.operator, 'o')}
    when s.party = 'authority' then ${lies(scopes.authority, 'o')}
    else ${lies(scopes.any, 'o')} end`

/** Whether one of its seats, taken or not, is the scopes' to take. */
export const concerns = async (tx: Tx, subjectId: string, scopes: Readonly<Record<Office, Scope>>): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select from approval_seats s join organisations o on o.id = s.organisation_id
        where s.subject_id = ${subjectId} and ${reached(scopes)} limit 1`,
  )) !== null

/** Subjects with a seat that the scope reaches and nobody has taken yet, the newest first. */
export const waitingFor = (
  tx: Tx,
  kind: StageRow['subjectKind'],
  scopes: Readonly<Record<Office, Scope>>,
  { after, limit }: Keyset,
): Promise<{ subjectId: string }[]> =>
  rows(
    tx,
    sql`select distinct s.subject_id from approval_seats s join organisations o on o.id = s.organisation_id
        where s.ended_at is null and (${after}::uuid is null or s.subject_id < ${after})
          and ${reached(scopes)}
          and exists (select from approval_stages t where t.subject_id = s.subject_id and t.round = s.round
                        and t.position = s.stage and t.subject_kind = ${kind})
        order by s.subject_id desc limit ${limit + 1}`,
  )

/** Open stages past their time. */
export const overdue = (tx: Tx, now: Date, limit: number): Promise<StageRow[]> =>
  rows(
    tx,
    sql`select ${stageColumns} from approval_stages
        where state = 'open' and escalated_at is null and due_at <= ${now} order by due_at limit ${limit}`,
  )

/** Whose seats wait, in all stages that were not escalated yet. */
export const waitingOrganisations = (tx: Tx): Promise<{ organisationId: string; party: string }[]> =>
  rows(tx, sql`select distinct organisation_id, party from approval_seats where ended_at is null and not escalated`)

export const openStagesOf = (tx: Tx, organisationId: string): Promise<StageRow[]> =>
  rows(
    tx,
    sql`select ${stageColumns} from approval_stages t
        where state = 'open' and escalated_at is null
          and exists (select from approval_seats s where s.subject_id = t.subject_id and s.round = t.round
                        and s.stage = t.position and s.organisation_id = ${organisationId} and s.ended_at is null)
        order by due_at limit 100`,
  )

export interface WorkingDayRow {
  readonly day: string
  readonly working: boolean
  readonly source: string
}

export const workingDays = (tx: Tx, from: string, before: string): Promise<WorkingDayRow[]> =>
  rows(
    tx,
    sql`select to_char(day, 'YYYY-MM-DD') as day, working, source from working_days
        where day >= ${from}::date and day < ${before}::date order by day`,
  )

export const setWorkingDay = (tx: Tx, it: WorkingDayRow): Promise<number> =>
  run(
    tx,
    sql`insert into working_days (day, working, source) values (${it.day}::date, ${it.working}, ${it.source})
        on conflict (day) do update set working = excluded.working, source = excluded.source`,
  )

/** Seats that nobody has taken at one organisation are another's, and so is being in charge of what is open. */
export const giveSeats = async (tx: Tx, from: string, to: string): Promise<void> => {
  await run(
    tx,
    sql`update approval_seats set organisation_id = ${to} where organisation_id = ${from} and ended_at is null`,
  )
  await run(
    tx,
    sql`update approval_stages set operator_organisation_id = ${to}
        where operator_organisation_id = ${from} and state in ('waiting', 'open')`,
  )
}
