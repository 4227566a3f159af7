-- packages/server/src/platform/database/listing-store.ts

-- whole
select :columns from :(raw(table)) where :(visible(scope, `${table}.${owner}`)) :filters :(pageFrom(page))

-- walk
(select * from :(raw(table)) where true :filters :(pageFrom({ limit: walkLength - 1, after }))) as :(raw(table))

-- near
select :listing.columns from :(walk(listing, page))
where :(ownedWithin(scope, listing)) :called order by id desc limit :(page.limit + 1)

-- ownedWithin
:(raw(`${table}.${owner}`)) in (select place.id from organisations place where :(lies(scope, 'place')))

-- walkEnd
select id from :(raw(table)) where true :filters :(pageFrom({ limit: 0, after })) offset :(walkLength - 1)

-- countCalled
select count(*)::int as length, count(*) filter (where true :called)::int as met, (array_agg(id order by id))[1] as id
from :(walk(listing, page))

-- far
select :columns from :(raw(table)) where id in (
  select found.id from organisations place cross join lateral (
    select id from :(raw(table)) where :(raw(owner)) = place.id :filters :(pageFrom(page))) found
  where :(lies(scope, 'place')) order by found.id desc limit :(page.limit + 1))
order by id desc

-- isWide
select 1 from organisations place where :(lies(scope, 'place')) offset :manyPlaces limit 1

-- calledBehind
:listing.filters :(few ?? isCalledSo(called))

-- listCalled
and :(visible(scope, `${all.table}.${all.owner}`))

-- listCalled
:all.filters :own

-- listCalled
:listing.filters :few

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
:all.filters :so

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
position(:text in :name) > 0

-- isCalled
true

-- isCalled
(:(join( columns.map((column) => matches(column, lowered(sought.text), sought.match)), ' or ', )))

-- idBegins
id between :range.first and :range.last

-- isCalledSo
and (:(join([named(it, sought), ...known(it, sought)], ' or ')))

-- tellingOf
select pair, frequency
from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as common (pair, frequency)
where schemaname = current_schema and tablename = :(`${table}_text`) and pair = any(:pairs::text[])

-- idsCalled
select id from :(raw(table))
where bigrams(:(raw(names.join(', ')))) @> :(bigramsOf(lowered(sought.text)))::text[]
  and (:(named({ table, names }, sought)))

-- namedBy
bigrams(:(raw(it.names.join(', ')))) @> :pairs::text[] and (:(named(it, sought)))

-- looked
(select id from :(raw(it.table)) where :condition :limit)

-- isAmongFewCalled
select count(*)::int as count from (:(looked(sql))) found

-- isAmongFewCalled
limit :(few + 1)

-- isAmongFewCalled
and :(raw(it.table)).id = any(array(:(looked(empty))))
