-- packages/server/src/platform/secrets/store.ts

-- columns
number, purpose, suite, wrapped, mark, created_at, used_from, retired_at

-- listKeys
select :columns from data_keys order by number

-- nextKeyNumber
select nextval(pg_get_serial_sequence('data_keys', 'number')) as number

-- announceKey
insert into data_keys (number, purpose, suite, wrapped, mark, created_at)
values (:it.number, :it.purpose, :it.suite, :it.wrapped, :it.mark, :it.createdAt)

-- insertFirstKey
insert into data_keys (number, purpose, suite, wrapped, mark, created_at, used_from)
values (:it.number, :it.purpose, :it.suite, :it.wrapped, :it.mark, :it.createdAt, clock_timestamp())
on conflict do nothing

-- lockKeys
select pg_advisory_xact_lock(hashtextextended('data keys', 0))

-- readyKey
select number from data_keys k
where purpose = 'seal' and used_from is null and not exists (
  select from key_readers r
  where r.seen_at > clock_timestamp() - :lifeMs * interval '1 ms' and k.number <> all(r.reads))
order by number desc limit 1

-- retireKeysBefore
update data_keys set used_from = coalesce(used_from, clock_timestamp()), retired_at = clock_timestamp()
where purpose = 'seal' and number < :number and retired_at is null

-- useKey
update data_keys set used_from = clock_timestamp() where number = :number

-- rewrapKey
update data_keys set wrapped = :wrapped where number = :number

-- reportReader
insert into key_readers (id, seen_at, reads, seals_with)
values (:id, clock_timestamp(), :[...numbers], :sealsWith)
on conflict (id) do update
  set seen_at = excluded.seen_at, reads = excluded.reads, seals_with = excluded.seals_with

-- deleteReader
delete from key_readers where id = :id

-- livingReaders
select id, reads, seals_with from key_readers
where seen_at > clock_timestamp() - :lifeMs * interval '1 ms' order by id

-- forgetReaders
delete from key_readers where seen_at < clock_timestamp() - interval '1 day'

-- restingKeys
select number from data_keys
where purpose = 'seal' and retired_at < clock_timestamp() - interval '1 hour'

-- deleteKey
delete from data_keys where number = :number and retired_at is not null

-- sealedOtherwise
select :id::text as id, :owner::text as owner, :column as sealed from :table
where :column is not null and not starts_with(:column, :head)
  and (:after::text is null or :id::text > :after) order by :id::text limit :limit

-- replaceSealed
update :table set :column = :anew where :id::text = :row.id and :column = :row.sealed

-- countSealed
select split_part(:column, '.', 2) as key_id, count(*) as count from :table
where :column is not null group by 1 order by 1
