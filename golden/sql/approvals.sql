-- packages/server/src/modules/approvals/store.ts

-- columns
id, code, operator_organisation_id, name, position, conditions, stages, withdrawn_at, revision, created_at

-- insertRoute
insert into approval_routes (:columns)
values (:it.id, :it.code, :it.operatorOrganisationId, :it.name, :it.position,
        :(JSON.stringify(it.conditions)), :(JSON.stringify(it.stages)), :it.withdrawnAt, :it.revision,
        :it.createdAt)

-- lockRoute
select :columns from approval_routes where id = :id for update

-- updateRoute
update approval_routes set name = :it.name, position = :it.position,
       conditions = :(JSON.stringify(it.conditions)), stages = :(JSON.stringify(it.stages)),
       withdrawn_at = :it.withdrawnAt, revision = :it.revision
where id = :it.id

-- listRoutes
select :columns from approval_routes where (:after::uuid is null or id < :after)
order by id desc limit :(limit + 1)

-- routesFor
select :columns from approval_routes
where withdrawn_at is null
  and (operator_organisation_id is null or operator_organisation_id = :operatorOrganisationId)
order by position, id limit 1000

-- stageColumns
subject_id, subject_kind, organisation_id, operator_organisation_id, sent_by, round, position, name,
parties, needs, limit_minutes, escalate_to, state, due_at, escalated_at, ended_at

-- insertStage
insert into approval_stages (:stageColumns)
values (:it.subjectId, :it.subjectKind, :it.organisationId, :it.operatorOrganisationId, :it.sentBy,
        :it.round, :it.position, :it.name, :(JSON.stringify(it.parties)), :it.needs,
        :it.limitMinutes, :it.escalateTo, :it.state, :it.dueAt, :it.escalatedAt, :it.endedAt)

-- lastRound
select coalesce(max(round), 0) as round from approval_stages where subject_id = :subjectId

-- openStage
select :stageColumns from approval_stages where subject_id = :subjectId and state = 'open' for update

-- nextStage
select :stageColumns from approval_stages
where subject_id = :of.subjectId and round = :of.round and position = :(of.position + 1) for update

-- updateStage
update approval_stages set state = :it.state, due_at = :it.dueAt, escalated_at = :it.escalatedAt,
       ended_at = :it.endedAt
where subject_id = :it.subjectId and round = :it.round and position = :it.position

-- endStages
with stages as (
  update approval_stages set state = 'ended', ended_at = :at
  where subject_id = :subjectId and state in ('waiting', 'open'))
update approval_seats set ended_at = :at where subject_id = :subjectId and ended_at is null

-- insertSeat
insert into approval_seats (subject_id, round, stage, position, party, organisation_id, escalated)
values (:it.subjectId, :it.round, :it.stage, :it.position, :it.party, :it.organisationId, :it.escalated)

-- seatsOf
select * from approval_seats
where subject_id = :of.subjectId and round = :of.round and stage = :of.position order by position

-- saveVerdict
update approval_seats set decided_by = :it.decidedBy, by_login = :it.byLogin,
       decided_for = :it.decidedFor, for_login = :it.forLogin, verdict = :it.verdict, remark = :it.remark, ended_at = :it.endedAt
where subject_id = :it.subjectId and round = :it.round and stage = :it.stage and position = :it.position

-- endSeats
update approval_seats set ended_at = :at
where subject_id = :of.subjectId and round = :of.round and stage = :of.position and ended_at is null

-- stagesOf
select :stageColumns from approval_stages where subject_id = any(:[...subjectIds]::uuid[])
order by subject_id, round, position

-- seatsOfAll
select * from approval_seats where subject_id = any(:[...subjectIds]::uuid[])
order by subject_id, round, stage, position

-- reached
case
when s.party = 'bureau' then :(lies(scopes.bureau, 'o'))
when s.party = 'receiver' then :(lies(scopes.receiver, 'o'))
when s.party in ('operator', 'upper-operator') then :(lies(scopes.operator, 'o'))
when s.party = 'authority' then :(lies(scopes.authority, 'o'))
else :(lies(scopes.any, 'o')) end

-- concerns
select from approval_seats s join organisations o on o.id = s.organisation_id
where s.subject_id = :subjectId and :(reached(scopes)) limit 1

-- waitingFor
select distinct s.subject_id from approval_seats s join organisations o on o.id = s.organisation_id
where s.ended_at is null and (:after::uuid is null or s.subject_id < :after)
  and :(reached(scopes))
  and exists (select from approval_stages t where t.subject_id = s.subject_id and t.round = s.round
                and t.position = s.stage and t.subject_kind = :kind)
order by s.subject_id desc limit :(limit + 1)

-- overdue
select :stageColumns from approval_stages
where state = 'open' and escalated_at is null and due_at <= :now order by due_at limit :limit

-- waitingOrganisations
select distinct organisation_id, party from approval_seats where ended_at is null and not escalated

-- openStagesOf
select :stageColumns from approval_stages t
where state = 'open' and escalated_at is null
  and exists (select from approval_seats s where s.subject_id = t.subject_id and s.round = t.round
                and s.stage = t.position and s.organisation_id = :organisationId and s.ended_at is null)
order by due_at limit 100

-- workingDays
select to_char(day, 'YYYY-MM-DD') as day, working, source from working_days
where day >= :from::date and day < :before::date order by day

-- setWorkingDay
insert into working_days (day, working, source) values (:it.day::date, :it.working, :it.source)
on conflict (day) do update set working = excluded.working, source = excluded.source

-- giveSeats
update approval_seats set organisation_id = :to where organisation_id = :from and ended_at is null

-- giveSeats
update approval_stages set operator_organisation_id = :to
where operator_organisation_id = :from and state in ('waiting', 'open')
