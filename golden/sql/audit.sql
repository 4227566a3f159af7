-- packages/server/src/modules/audit/store.ts

-- listEntries
id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after

-- listEntries
:(when(filter.target, sql))
:(when(filter.operation, sql))

-- listEntries
and target = :filter.target

-- listEntries
and operation = :filter.operation
