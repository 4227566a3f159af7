-- packages/server/src/modules/audit/chain-store.ts

-- fields
e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor, e.actor_organisation_id, e.on_behalf_of,
e.operation, e.target, e.organisation_id, e.address, e.trace, e.before, e.after

-- canonical
case
when e.emergency_grant_id is null and e.outcome is null then json_build_array(:fields)
when e.outcome is null then json_build_array(:fields, e.emergency_grant_id)
when e.emergency_grant_id is null then json_build_array(:fields, e.outcome)
else json_build_array(:fields, e.emergency_grant_id, e.outcome) end::text

-- takeWaiting
with due as (select number, entry_id, at from audit_queue order by number limit :limit),
     gone as (delete from audit_queue q using due where q.number = due.number)
select due.entry_id, due.at::text as at, found.text, found.mac
from due left join lateral (
  select :canonical as text, e.mac from audit_entries e where e.id = due.entry_id and e.at = due.at offset 0) found
  on true
where not exists (select from audit_chain c where c.entry_id = due.entry_id)
order by due.number

-- insertLinks
insert into audit_chain (position, entry_id, at, hash, mac)
select * from unnest(:(links.map((it) => it.position))::bigint[], :(links.map((it) => it.entryId))::uuid[],
                     :(links.map((it) => it.at))::timestamptz[], :(links.map((it) => it.hash))::bytea[],
                     :(links.map((it) => it.mac))::text[])

-- checkpointColumns
number, installation, position, hash, at, previous, unsigned_up_to, key_number, public_key,
next_public_key, signature

-- lastCheckpoint
select :checkpointColumns from audit_checkpoints order by number desc limit 1

-- firstCheckpoint
select :checkpointColumns from audit_checkpoints order by number limit 1

-- findCheckpoint
select :checkpointColumns from audit_checkpoints where number = :number

-- checkpointsAfter
select :checkpointColumns from audit_checkpoints where number > :number order by number limit :limit

-- insertCheckpoint
insert into audit_checkpoints (:checkpointColumns)
values (:it.number, :it.installation, :it.position, :it.hash, :it.at, :it.previous,
        :it.unsignedUpTo, :it.keyNumber, :it.publicKey, :it.nextPublicKey, :it.signature)

-- lockKey
select number, public_key, private_key, mac, created_at from audit_keys order by number desc limit 1 for update

-- insertKey
insert into audit_keys (number, public_key, private_key, mac, created_at)
values (:it.number, :it.publicKey, :it.privateKey, :it.mac, :it.createdAt) on conflict do nothing

-- forgetPrivateKey
update audit_keys set private_key = null where number = :number

-- allKeys
select number, public_key, private_key, mac, created_at from audit_keys order by number

-- checkpointsBefore
select :checkpointColumns from audit_checkpoints where number < :number order by number desc limit :limit

-- countWaiting
select count(*) as count from audit_queue

-- firstWaiting
select number, entry_id from audit_queue order by number limit 1

-- isAnyWaiting
select number from audit_queue limit 1

-- packages/server/src/modules/audit/policy-store.ts

-- findPolicy
select months from audit_policies

-- updatePolicy
update audit_policies set months = :months returning months

-- insertVerification
insert into audit_verifications (id, started_at, ended_at, entries, problem)
values (:it.id, :it.startedAt, :it.endedAt, :it.entries, :(it.problem && JSON.stringify(it.problem)))

-- lastVerification
select id, started_at, ended_at, entries, problem from audit_verifications order by id desc limit 1

-- packages/server/src/modules/audit/retention-store.ts

-- cutBefore
with first as (select number, position from audit_checkpoints order by number limit 1)
select c.number, c.position from audit_checkpoints c, first
where c.at < :instant and c.number > first.number
  and c.number < (select max(number) from audit_checkpoints)
  and (c.position <= first.position + :positions or c.number = first.number + 1)
order by c.number desc limit 1

-- removeUpTo
select set_config('yiduo.audit_retention', 'on', true)

-- removeUpTo
delete from audit_entries e using audit_chain c
where c.position <= :position and e.id = c.entry_id and e.at = c.at

-- removeUpTo
delete from audit_chain where position <= :position

-- removeUpTo
delete from audit_checkpoints where number < :number

-- removeUpTo
select set_config('yiduo.audit_retention', 'off', true)

-- monthsBehind
select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'audit_entries'::regclass and c.relname ~ '^audit_entries_[0-9]{4}_[0-9]{2}$'
  and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'Asia/Shanghai' <= :instant
order by c.relname

-- dropEmptyMonth
set local lock_timeout = '1s'

-- dropEmptyMonth
lock table :(raw(name)) in access exclusive mode

-- dropEmptyMonth
select from :(raw(name)) limit 1

-- dropEmptyMonth
drop table :(raw(name))

-- packages/server/src/modules/audit/store.ts

-- isOperation
and operation collate "C" >= :name and operation collate "C" < :(`${name.slice(0, -1)}/`)

-- isOperation
and operation = :name

-- isAct
:(when(target, sql)) :(operation === null ? empty : isOperation(operation))
:(when(actor, sql))

-- isAct
and target = :target

-- isAct
and actor = :actor

-- isWithin
:(from ? sql : empty)
:(until ? sql : empty)

-- isWithin
and at >= :from and id >= :(idAt(new Date(from.getTime() - slackMs)))

-- isWithin
and at < :until and id < :(idAt(new Date(until.getTime() + slackMs)))

-- listEntries
id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id,
emergency_grant_id, outcome, address, trace, before, after,
(select position from audit_chain c where c.entry_id = audit_entries.id) as position

-- listEntries
:(isAct(filter)) :(when(filter.trace, sql)) :(isWithin(filter))
:(filter.outcome === null ? empty : sql)
:(filter.emergency === null ? empty : sql)

-- listEntries
and trace = :filter.trace

-- listEntries
and (outcome is not null) = :(filter.outcome === 'refused')

-- listEntries
and (emergency_grant_id is not null) = :filter.emergency

-- listForeignActs
id, at, actor, actor_organisation_id, operation, target

-- listForeignActs
and actor_organisation_id <> organisation_id :(isAct(filter)) :(isWithin(filter))

-- packages/server/src/modules/audit/verify-store.ts

-- withEntries
select c.position, c.hash, found.text, found.mac :columns
from (select * from audit_chain where position > :position and position <= :upTo
      order by position limit :limit) c
left join lateral (
  select :canonical as text, e.mac from audit_entries e where e.id = c.entry_id and e.at = c.at offset 0) found
  on true
order by c.position

-- wholeLinksAfter
, c.entry_id, c.mac as link_mac

-- lastPosition
select position from audit_chain order by position desc limit 1

-- countUnlinked
select (select count(*) from audit_entries) - (select count(*) from audit_chain)
- (select count(*) from audit_queue q join audit_entries e on e.id = q.entry_id and e.at = q.at
   where not exists (select from audit_chain c where c.entry_id = q.entry_id)) as count

-- lastCut
select :canonical as text, e.mac, e.after from audit_entries e
where e.operation = 'audit.cut' order by e.id desc limit 1

-- firstUnlinked
select e.id, e.mac from audit_entries e
where not exists (select from audit_chain c where c.entry_id = e.id and c.at = e.at)
  and not exists (select from audit_queue q where q.entry_id = e.id and q.at = e.at)
order by e.id limit 1
