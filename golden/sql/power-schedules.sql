-- packages/server/src/modules/power-schedules/store.ts

-- insertSchedule
insert into power_schedules (id, organisation_id, system_id, server_id, days, stop_at, start_at, holds_from, settled_to, revision, updated_at)
values (:it.id, :it.organisationId, :it.systemId, :it.serverId, :(JSON.stringify(it.days)), :it.stopAt,
        :it.startAt, :it.holdsFrom, :it.settledTo, :it.revision, :it.updatedAt)

-- updateSchedule
update power_schedules set days = :(JSON.stringify(it.days)), stop_at = :it.stopAt, start_at = :it.startAt,
  holds_from = :it.holdsFrom, settled_to = :it.settledTo, revision = :it.revision, updated_at = :it.updatedAt
where id = :it.id

-- lockSchedule
select * from power_schedules where id = :id and :(visible(scope, 'organisation_id')) for update

-- deleteSchedule
delete from power_schedules where id = :id

-- listSchedules
*

-- listSchedules
:(when(systemId, sql))

-- listSchedules
and system_id = :systemId

-- schedulesAfter
select * from power_schedules where id > :after order by id limit :limit

-- serversWithOwn
select server_id from power_schedules where system_id = :systemId and server_id is not null

-- runsOf
select * from power_schedule_runs where schedule_id = :scheduleId

-- runOf
select * from power_schedule_runs where schedule_id = :scheduleId and server_id = :serverId

-- hasOwn
select from power_schedules where server_id = :serverId

-- saveRun
insert into power_schedule_runs (schedule_id, server_id, due_at, request_id)
values (:it.scheduleId, :it.serverId, :it.dueAt, :it.requestId)
on conflict (schedule_id, server_id) do update set due_at = excluded.due_at, request_id = excluded.request_id

-- settle
update power_schedules set settled_to = :to where id = :id and revision = :revision
