-- packages/server/src/modules/operations/store.ts

-- columns
id, saga, state, organisation_id, subject, fault, residue, created_at, ended_at,
coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'state', s.state, 'attempts', s.attempts,
    'remadeFor', s.remade_for, 'startedAt', s.started_at, 'endedAt', s.ended_at) order by s.position)
  from operation_steps s where s.operation_id = operations.id), '[]') as steps

-- findOperation
select :columns from operations where id = :id and :(visible(scope, 'organisation_id'))

-- listOperations
:(when(state, sql)) :(when(saga, sql))
:(when(subject, sql)) :(when(unfinished, sql))
:(when(failed, sql))

-- listOperations
and state = :state

-- listOperations
and saga = :saga

-- listOperations
and subject = :subject

-- listOperations
and ended_at is null

-- listOperations
and state in ('failed', 'failed-with-residue')

-- listFailed
select id, saga, organisation_id, state, ended_at from operations
where ((state = 'failed' and id >= :(firstIdAt(since))) or state = 'failed-with-residue')
  and :(visible(scope, 'organisation_id'))
order by id desc limit :limit
