-- packages/server/src/modules/organisations/store.ts

-- columns
id, parent_id, path, name, actor, level, division_code, consolidates, created_at,
ended_at, successor_id

-- insertOrganisation
with label as (select nextval(pg_get_serial_sequence('organisations', 'label')) as value)
insert into organisations (id, parent_id, label, path, name, actor, level, division_code, consolidates, created_at)
overriding system value
select :it.id, :it.parentId, value, :it.parentPath || value || '/', :it.name, :it.actor, :it.level,
       :it.divisionCode, :it.consolidates, :it.createdAt
from label returning :columns

-- findOrganisation
select :columns from organisations where id = :id and :(visible(scope, 'organisations.id'))

-- findRoot
select :columns from organisations where parent_id is null order by id limit 1

-- listOrganisations
:(when(filter.parentId, sql))
:(when(filter.actor, sql))

-- listOrganisations
and parent_id = :filter.parentId

-- listOrganisations
and actor = :filter.actor

-- findOperatorOf
select op.id, op.parent_id, op.path, op.name, op.actor, op.level, op.division_code, op.consolidates, op.created_at,
       op.ended_at, op.successor_id
from organisations mine
join organisations parent on mine.path like parent.path || '%'
join organisations op on op.parent_id = parent.id and op.actor = 'operator' and op.ended_at is null
where mine.id = :id
order by length(parent.path) desc, op.id limit 1

-- findOperatorAbove
select op.id
from organisations mine
join organisations level on level.id = mine.parent_id
join organisations parent on level.path like parent.path || '%' and parent.id <> level.id
join organisations op on op.parent_id = parent.id and op.actor = 'operator' and op.ended_at is null
where mine.id = :operatorId
order by length(parent.path) desc, op.id limit 1

-- findAuthorityOf
select a.id from organisations mine
join organisations a on a.actor = 'authority' and (a.id = mine.parent_id or a.parent_id = mine.parent_id)
  and a.level = mine.level and a.ended_at is null
where mine.id = :operatorId
order by a.id = mine.parent_id desc, a.id limit 1

-- findBureauOf
select bureau.id
from organisations mine
join organisations county on mine.path like county.path || '%' and county.level = 'county'
join organisations bureau on bureau.parent_id = county.id and bureau.consolidates
  and bureau.ended_at is null
where mine.id = :id and not mine.consolidates
order by length(county.path) desc, bureau.id limit 1

-- namesOf
select id, name from organisations where id = any(:[...ids]::uuid[])

-- pathsOf
select id, path from organisations where id = any(:[...ids]::uuid[])

-- lockOrganisation
select :columns from organisations where id = :id and :(visible(scope, 'organisations.id')) for update

-- countBelow
select count(*)::int as count from organisations where parent_id = :id and ended_at is null

-- endOrganisation
update organisations set ended_at = :at, successor_id = :successorId where id = :id

-- divisionsOf
select id, division_code from organisations where id = any(:[...ids]::uuid[])
