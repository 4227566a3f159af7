-- packages/server/src/modules/audit/store.ts

-- listEntries
select id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after
from audit_entries where :(visible(scope, 'organisation_id'))
:(when(filter.target, sql))
:(when(filter.operation, sql))
:(pageFrom(page))

-- listEntries
and target = :filter.target

-- listEntries
and operation = :filter.operation
