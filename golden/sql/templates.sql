-- packages/server/src/modules/templates/store.ts

-- columns
id, organisation_id, name, description, state, parts, revision, updated_at

-- insertTemplate
insert into templates (:columns)
values (:it.id, :it.organisationId, :it.name, :it.description, :it.state, :(JSON.stringify(it.parts)),
        :it.revision, :it.updatedAt)

-- updateTemplate
update templates set name = :it.name, description = :it.description, state = :it.state,
       parts = :(JSON.stringify(it.parts)), revision = :it.revision, updated_at = :it.updatedAt
where id = :it.id

-- shown
(organisation_id is null or :(visible(scope, 'organisation_id')))

-- findTemplate
select :columns from templates where id = :id and :(shown(scope))

-- lockTemplate
select :columns from templates where id = :id and :(shown(scope)) for update

-- ofState
and state = :state

-- listShared
select :columns from templates where organisation_id is null
:(when(!unreleased, sql)) :(ofState(state)) :(pageFrom(page))

-- listShared
and state = 'released'

-- listOwn
and organisation_id is not null :(ofState(state))

-- templatesCalled
select :columns from templates where :(isCalled(sought, 'name'))
and ((organisation_id is null :(when(!unreleased, sql)))
     or (organisation_id is not null and :(visible(scope, 'organisation_id'))))
order by id desc limit :limit

-- templatesCalled
and state = 'released'

-- giveTemplates
update templates set organisation_id = :to where organisation_id = :from
