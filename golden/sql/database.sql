-- packages/server/src/platform/database/listing-store.ts

-- whole
select :columns from :(raw(table)) where :(visible(scope, owner)) :filters :(pageFrom(page))

-- near
select :columns
from (select * from :(raw(table)) where true :filters :(pageFrom({ limit: walkLength - 1, after }))) as :(raw(table))
where :(visible(scope, `${table}.${owner}`)) order by id desc limit :(limit + 1)

-- walkEnd
select id from :(raw(table)) where true :filters :(pageFrom({ limit: 0, after })) offset :(walkLength - 1)

-- far
select :columns from :(raw(table)) where id in (
  select found.id from organisations place cross join lateral (
    select id from :(raw(table)) where :(raw(owner)) = place.id :filters :(pageFrom(page))) found
  where :(lies(scope, 'place')) order by found.id desc limit :(page.limit + 1))
order by id desc

-- packages/server/src/platform/database/ordered-store.ts

-- behind
and (:(raw(key)), id) > (:after.key::timestamptz, :after.id::uuid)

-- walked
select :columns from :(raw(table)) where :(raw(order.key)) is not null :filters :(behind(order, page))
order by :(raw(order.key)), id :end

-- whole
:listing.filters and :(visible(scope, listing.owner))

-- whole
limit :(page.limit + 1)

-- near
select :columns
from (:(walked(listing, order, page, sql, sql))) as :(raw(table))
where :(visible(scope, `${table}.${owner}`)) order by :(raw(order.key)), id limit :(page.limit + 1)

-- near
*

-- near
limit :walkLength

-- far
:listing.filters and :(raw(owner)) = place.id

-- far
id, :(raw(order.key)) as key

-- far
limit :(page.limit + 1)

-- far
select :columns from :(raw(table)) where id in (
  select found.id from organisations place cross join lateral (:first) found
  where :(lies(scope, 'place')) order by found.key, found.id limit :(page.limit + 1))
order by :(raw(order.key)), id

-- listOrdered
id

-- listOrdered
limit 1 offset :(walkLength - 1)

-- packages/server/src/platform/database/text-store.ts

-- matches
lower(:(raw(column)) collate "C")

-- matches
:name = :text

-- matches
starts_with(:name, :text)

-- matches
position(:text in :name) > 0

-- isCalled
true

-- isCalled
(:(join( columns.map((column) => matches(column, lowered(sought.text), sought.match)), ' or ', )))

-- idBegins
id between :range.first and :range.last

-- conditions
bigrams(:(raw(names.join(', ')))) @> :(bigramsOf(low, match))::text[] and (:called)

-- each
(select id from :(raw(it.table)) where :condition :limit)

-- calledSo
select count(*)::int as count from (:(join(each(sql), ' union all '))) found

-- calledSo
limit :(few + 1)

-- calledSo
and :(raw(it.table)).id = any(array(:(join(each(empty), ' union all '))))

-- calledSo
and (:(join([...it.names.map((name) => matches(name, low, sought.match)), ...found.slice(1)], ' or ')))
