-- packages/server/src/modules/catalogue/store.ts

-- insertComponent
insert into components (id, code, name, measure, created_at)
values (:it.id, :it.code, :it.name, :it.measure, :it.createdAt)

-- listComponents
select id, code, name, measure, created_at from components where true :(pageFrom(page))

-- componentsById
select id, code, name, measure, created_at from components where id = any(:[...ids]::uuid[])

-- insertPrice
insert into prices (id, component_id, phase, valid_from, monthly_price_yuan_e4, created_at)
values (:it.id, :it.componentId, :it.phase, :it.validFrom, :it.monthlyPriceYuanE4, :it.createdAt)

-- priceColumns
id, component_id, phase, valid_from, monthly_price_yuan_e4, created_at

-- listPrices
select :priceColumns from prices where true
:(when(componentId, sql)) :(pageFrom(page))

-- listPrices
and component_id = :componentId

-- pricesOf
select :priceColumns from prices where component_id = any(:[...componentIds]::uuid[])
order by component_id, phase, valid_from

-- insertOffering
insert into offerings (id, code, name, kind, architecture, image_names, metering, approved_by_rule_up_to_vcpus,
                       test_days, released, created_at)
values (:it.id, :it.code, :it.name, :it.kind, :it.architecture, :(JSON.stringify(it.imageNames)),
        :(JSON.stringify(it.metering)), :it.approvedByRuleUpToVcpus, :it.testDays, :it.released, :it.createdAt)

-- offeringColumns
id, code, name, kind, architecture, image_names, metering, approved_by_rule_up_to_vcpus,
test_days, released, revision, created_at

-- findOffering
select :offeringColumns from offerings where id = :id

-- lockOffering
select :offeringColumns from offerings where id = :id for update

-- updateOffering
update offerings set name = :it.name, image_names = :(JSON.stringify(it.imageNames)), test_days = :it.testDays,
       approved_by_rule_up_to_vcpus = :it.approvedByRuleUpToVcpus, released = :it.released, revision = :it.revision
where id = :it.id

-- listOfferings
select :offeringColumns from offerings where released :(pageFrom(page))

-- offeringsCalled
select :offeringColumns from offerings where released and :(isCalled(sought, 'name', 'code'))
order by id desc limit :limit

-- planColumns
id, offering_id, code, name, vcpus, memory_mib, system_disk_gib, created_at

-- insertPlan
insert into plans (:planColumns)
values (:it.id, :it.offeringId, :it.code, :it.name, :it.vcpus, :it.memoryMib, :it.systemDiskGib, :it.createdAt)

-- plansOf
select :planColumns from plans where offering_id = any(:[...offeringIds]::uuid[])
order by vcpus, memory_mib, code

-- findPlan
select :planColumns from plans where id = :id

-- testDays
select coalesce(max(o.test_days), 0) as days from plans p join offerings o on o.id = p.offering_id
where p.id = any(:[...planIds]::uuid[])

-- plansById
select :planColumns from plans where id = any(:[...ids]::uuid[])

-- offeringsById
select :offeringColumns from offerings where id = any(:[...ids]::uuid[])

-- architecturesOf
select id, architecture from offerings where id = any(:[...ids]::uuid[])
