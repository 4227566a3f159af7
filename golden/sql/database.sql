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
