-- packages/server/src/platform/sagas/store.ts

-- tells
insert into events (at, type, subject, organisation_id, data)
select :now, 'operation.progress', :progress.id, organisation_id, :(JSON.stringify(progress))

-- insertOperations
insert into operations (id, saga, input, organisation_id, subject, started_by, state, created_at)
select x.id, x.saga, x.input, x."organisationId", x.subject, x."startedBy", 'queued', x.now
from jsonb_to_recordset(:(JSON.stringify(operations))::jsonb) as x(
  id uuid, saga text, input jsonb, "organisationId" uuid, subject text, "startedBy" jsonb, now timestamptz)
on conflict (id) do nothing

-- claim
update operations set lease_owner = :it.owner,
       lease_until = clock_timestamp() + make_interval(secs => :(it.leaseMs / 1000)),
       state = case state when 'queued' then 'running' else state end
where id in (
  select id from operations
  where ended_at is null and saga = any(:[...it.sagas])
    and (lease_until is null or lease_until < clock_timestamp() or lease_owner = :it.owner)
    and id <> all(:[...it.held]::uuid[])
  order by created_at limit :it.limit for update skip locked)
returning id, saga, input, organisation_id, subject, started_by, state, position, fault, residue, retakes, doubtful,
  exists (select from operation_steps s where s.operation_id = operations.id) as begun

-- renew
update operations set lease_until = clock_timestamp() + make_interval(secs => :(leaseMs / 1000))
where id = any(:[...held]::uuid[]) and lease_owner = :owner and ended_at is null returning id

-- letGo
update operations set lease_owner = null, lease_until = null where id = :id and lease_owner = :owner

-- stepsOf
select position, name, state, attempts, takeovers, since, handle, output, remade_for, remaking from operation_steps
where operation_id = :id order by position

-- journalled
ended as (
  update operation_steps s set state = 'done', output = :(JSON.stringify(ended?.output ?? null)), ended_at = :now
  from held where s.operation_id = held.id and s.position = :(ended?.position ?? -1)
), passed as (
  insert into operation_steps (operation_id, position, name, state, attempts, since, started_at, output, ended_at)
  select held.id, x.position, x.name, 'done', 1, :now, :now, x.output, :now
  from held, jsonb_to_recordset(:(JSON.stringify(passed))::jsonb) as x(position integer, name text, output jsonb)
  on conflict (operation_id, position) do update set attempts = operation_steps.attempts + 1, state = 'done',
    output = excluded.output, ended_at = excluded.ended_at
)

-- advance
with held as (
  update operations set position = :it.begins.position
  where id = :it.id and lease_owner = :it.owner and ended_at is null
  returning id, organisation_id
), :(journalled(it)), begun as (
  insert into operation_steps (operation_id, position, name, state, attempts, since, started_at)
  select id, :it.begins.position, :it.begins.name, 'running', 1, :it.now, :it.now from held
  on conflict (operation_id, position) do update set attempts = operation_steps.attempts + 1, takeovers = operation_steps.takeovers + 1,
    state = 'running'
), event as (
  :(tells(it.now, it.progress)) from held
)
select from held

-- isUnfinished
select id from operations where id = :id and ended_at is null

-- holding
held as (select id, organisation_id from operations
         where id = :id and lease_owner = :owner and ended_at is null for share)

-- saveHandle
update operation_steps s set handle = :it.handle, attempts = :it.attempts from operations o
where s.operation_id = :it.id and s.position = :it.position
  and o.id = s.operation_id and o.lease_owner = :it.owner

-- beginRemake
with :(holding(it)), event as (:(tells(it.now, it.progress)) from held)
update operation_steps s set remaking = true, remade_for = :(JSON.stringify(it.why))
from held where s.operation_id = held.id and s.position = :it.position
returning s.since, s.handle, s.attempts

-- endRemake
with :(holding(it))
update operation_steps s set remaking = false, since = :it.now, handle = null, attempts = s.attempts + 1
from held where s.operation_id = held.id and s.position = :it.position
returning s.attempts

-- beginUndo
with held as (
  update operations set state = 'undoing', fault = :(JSON.stringify(why)), position = :position
  where id = :id and lease_owner = :owner and ended_at is null returning id, organisation_id
), event as (
  :(tells(now, { id: toId('operation', id), state: 'undoing', step: null, percent: null })) from held
), step as (
  update operation_steps s set state = 'failed', ended_at = :now
  from held where s.operation_id = held.id and s.position = :position)
select from held

-- saveUndone
with held as (
  update operations set position = :(it.position - 1), residue = :(JSON.stringify(it.residue))
  where id = :it.id and lease_owner = :it.owner and ended_at is null returning id
), step as (
  update operation_steps s set state = :it.state, ended_at = :it.now
  from held where s.operation_id = held.id and s.position = :it.position)
select from held

-- retakeResidue
update operations o set state = 'undoing', ended_at = null, residue = '[]', retakes = retakes + 1,
       position = (select max(s.position) from operation_steps s where s.operation_id = o.id and s.state = 'residue')
where state = 'failed-with-residue'
  and (id = :it.id or :it.id::uuid is null
    and ended_at < :it.now::timestamptz - make_interval(mins => least(1440, 5 * 2 ^ least(retakes, 20))::integer))
returning id

-- finish
with held as (
  update operations set state = :it.state, ended_at = :it.now, lease_owner = null, lease_until = null
  where id = :it.id and lease_owner = :it.owner and ended_at is null returning id, organisation_id
), :(journalled(it)), event as (
  :(tells(it.now, { id: toId('operation', it.id), state: it.state, step: null, percent: it.percent })) from held)
select from held

-- holdFast
select from operations where id = :id and lease_owner = :owner and ended_at is null for share
