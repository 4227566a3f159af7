-- packages/server/src/modules/notices/store.ts

-- insertNotices
insert into notices (id, person_id, event_position, code, parameters, subject, fault, organisation_id, at, created_at)
select n.id, n."personId", n."eventPosition", n.code, n.parameters, n.subject, n.fault, n."organisationId", n.at, n."createdAt"
from jsonb_to_recordset(:(JSON.stringify(notices))::jsonb) as n(id uuid, "personId" uuid, "eventPosition" bigint,
  code text, parameters jsonb, subject text, fault jsonb, "organisationId" uuid, at timestamptz, "createdAt" timestamptz)
on conflict (event_position, person_id) do nothing

-- listNotices
select * from notices where person_id = :personId :(when(unread === true, sql))
:(when(unread === false, sql)) :(pageFrom(page))

-- listNotices
and read_at is null

-- listNotices
and read_at is not null

-- countUnread
select count(*) as unread from (
select from notices where person_id = :personId and read_at is null limit :atMost) counted

-- markRead
update notices set read_at = coalesce(read_at, :now) where id = :id and person_id = :personId returning *

-- markAllRead
update notices set read_at = :now
where person_id = :personId and read_at is null :(when(upTo, sql))

-- markAllRead
and id <= :upTo

-- deleteNoticesBefore
delete from notices where created_at < :before
