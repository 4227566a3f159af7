-- packages/server/src/modules/audit/store.ts

-- isOperation
and operation collate "C" >= :name and operation collate "C" < :(`${name.slice(0, -1)}/`)

-- isOperation
and operation = :name

-- isWithin
:(from ? sql : empty)
:(until ? sql : empty)

-- isWithin
and at >= :from and id >= :(idAt(new Date(from.getTime() - slackMs)))

-- isWithin
and at < :until and id < :(idAt(new Date(until.getTime() + slackMs)))

-- listEntries
id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after

-- listEntries
:(when(filter.target, sql))
:(filter.operation === null ? empty : isOperation(filter.operation))
:(when(filter.actor, sql))
:(when(filter.trace, sql)) :(isWithin(filter))

-- listEntries
and target = :filter.target

-- listEntries
and actor = :filter.actor

-- listEntries
and trace = :filter.trace
