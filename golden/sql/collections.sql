-- packages/server/src/modules/collections/store.ts

-- columns
id, name, bureau_organisation_id, operator_organisation_id, state, sent_by, revision, created_at, updated_at

-- insertCollection
insert into collections (:columns)
values (:it.id, :it.name, :it.bureauOrganisationId, :it.operatorOrganisationId, :it.state, :it.sentBy,
        :it.revision, :it.createdAt, :it.updatedAt)

-- updateCollection
update collections set name = :it.name, state = :it.state, sent_by = :it.sentBy,
       revision = :it.revision, updated_at = :it.updatedAt
where id = :it.id

-- findCollection
select :columns from collections where id = :id and :(visible(scope, 'bureau_organisation_id'))

-- collectionsById
select :columns from collections where id = any(:[...ids]::uuid[]) order by id

-- lockCollection
select :columns from collections where id = :id and :(visible(scope, 'bureau_organisation_id')) for update

-- listCollections
:(when(filter.state, sql))

-- listCollections
and state = :filter.state

-- giveCollections
update collections set bureau_organisation_id = :to
where bureau_organisation_id = :from and state in ('draft', 'submitted', 'returned')

-- giveCollections
update collections set operator_organisation_id = :to
where operator_organisation_id = :from and state in ('draft', 'submitted', 'returned')
