-- packages/server/src/modules/notices/outbox-store.ts

-- columns
o.id, o.person_id, o.webhook_id, o.content, o.attempts, o.created_at, o.ended_at, o.outcome, o.problem

-- insertPosts
insert into outbox (id, webhook_id, event_position, content, next_at, created_at)
select p.id, p."webhookId", p."eventPosition", p.content, p."createdAt", p."createdAt"
from jsonb_to_recordset(:(JSON.stringify(posts))::jsonb)
  as p(id uuid, "webhookId" uuid, "eventPosition" bigint, content jsonb, "createdAt" timestamptz)
on conflict do nothing

-- awaitingMail
select n.person_id,
  case when p.quiet_from_hour is not null
    then jsonb_build_object('fromHour', p.quiet_from_hour, 'untilHour', p.quiet_until_hour) end as quiet,
  (select max(o.ended_at) from outbox o where o.person_id = n.person_id and o.outcome = 'delivered') as last_at
from (select distinct person_id from notices where by_mail and mail_id is null) n
left join notice_preferences p on p.person_id = n.person_id
where not exists (select from outbox o where o.person_id = n.person_id and o.ended_at is null)
order by n.person_id limit :limit

-- insertMail
insert into outbox (id, person_id, next_at, created_at)
values (:it.id, :it.personId, :it.nextAt, :it.createdAt) on conflict do nothing

-- leaseNext
with due as (
  select d.id, d.sealed from outbox d
  where d.ended_at is null and d.next_at <= :now and coalesce(d.leased_until < clock_timestamp(), true)
    :(when(!it.withMail, sql))
    and not exists (select from outbox e
                    where e.webhook_id = d.webhook_id and e.ended_at is null and e.id < d.id)
  order by d.next_at limit 1 for update skip locked)
update outbox o set attempts = o.attempts + 1, sealed = true,
       leased_until = clock_timestamp() + make_interval(secs => :it.leaseSeconds::int)
from due where o.id = due.id
returning :columns, due.sealed as was_sealed

-- leaseNext
and d.webhook_id is not null

-- fillMail
update notices set mail_id = :mailId
where id in (select id from notices where person_id = :personId and by_mail and mail_id is null
             order by id limit :atMost)

-- keepInside
update notices set by_mail = false where person_id = :personId and by_mail and mail_id is null

-- noticesIn
select code, parameters from notices where mail_id = :mailId order by id

-- addressee
select email, language from notice_preferences where person_id = :personId and mail and email is not null

-- mine
id = :id and attempts = :attempts and ended_at is null

-- endPost
update outbox set ended_at = :end.now, outcome = :end.outcome, problem = :end.problem, leased_until = null
where :(mine(it))

-- postpone
update outbox set next_at = :to.nextAt, problem = :to.problem, sealed = :to.sealed, leased_until = null
where :(mine(it))

-- takeUntold
update outbox set told_at = :now
where id in (select id from outbox where outcome = 'given-up' and told_at is null order by id limit :limit)
returning person_id, webhook_id, problem

-- withdrawPosts
update outbox set ended_at = :now, outcome = 'withdrawn', leased_until = null
where webhook_id = :webhookId and ended_at is null

-- listPosts
select :columns from outbox o where webhook_id = :webhookId
:(when(state === 'waiting', sql))
:(when(state !== null && state !== 'waiting', sql)) :(pageFrom(page))

-- listPosts
and ended_at is null

-- listPosts
and outcome = :state

-- summariesOf
select w.id as webhook_id,
  (select count(*) from outbox o where o.webhook_id = w.id and o.ended_at is null) as waiting_count,
  (select max(o.ended_at) from outbox o where o.webhook_id = w.id and o.outcome = 'delivered') as delivered_at,
  (select o.problem from outbox o where o.webhook_id = w.id and o.ended_at is null order by o.id limit 1) as problem
from unnest(:[...webhookIds]::uuid[]) as w(id)

-- lastMail
select :columns from outbox o where person_id = :personId and attempts > 0 order by id desc limit 1

-- deleteEndedBefore
delete from outbox where ended_at < :before and (outcome <> 'given-up' or told_at is not null)

-- packages/server/src/modules/notices/preference-store.ts

-- columns
person_id, email, mail, quiet_from_hour, quiet_until_hour, language

-- findPreference
select :columns from notice_preferences where person_id = :personId

-- mailedOf
select person_id from notice_preferences
where mail and email is not null and person_id = any(:[...personIds]::uuid[])

-- savePreference
insert into notice_preferences (:columns, updated_at)
values (:it.personId, :it.email, :it.mail, :it.quietFromHour, :it.quietUntilHour, :it.language, :now)
on conflict (person_id) do update set email = excluded.email, mail = excluded.mail, quiet_from_hour = excluded.quiet_from_hour,
  quiet_until_hour = excluded.quiet_until_hour, language = excluded.language, updated_at = excluded.updated_at

-- packages/server/src/modules/notices/store.ts

-- insertNotices
insert into notices (id, person_id, event_position, code, parameters, subject, fault, organisation_id, at, created_at, by_mail)
select n.id, n."personId", n."eventPosition", n.code, n.parameters, n.subject, n.fault, n."organisationId", n.at, n."createdAt", n."byMail"
from jsonb_to_recordset(:(JSON.stringify(notices))::jsonb) as n(id uuid, "personId" uuid, "eventPosition" bigint,
  code text, parameters jsonb, subject text, fault jsonb, "organisationId" uuid, at timestamptz, "createdAt" timestamptz, "byMail" boolean)
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

-- packages/server/src/modules/notices/webhook-store.ts

-- columns
id, organisation_id, url, secret, created_at

-- insertWebhook
insert into webhooks (:columns) values (:it.id, :it.organisationId, :it.url, :it.secret, :it.createdAt)

-- listWebhooks
and deleted_at is null :(when(organisationId, sql))

-- listWebhooks
and organisation_id = :organisationId

-- findWebhook
select :columns from webhooks
where id = :id and deleted_at is null and :(visible(scope, 'organisation_id'))

-- webhooksById
select :columns from webhooks where id = any(:[...ids]::uuid[])

-- countWebhooks
select from organisations where id = :organisationId for no key update

-- countWebhooks
select count(*) as made from webhooks where organisation_id = :organisationId and deleted_at is null

-- webhooksOf
select :columns from webhooks where organisation_id = :organisationId and deleted_at is null order by id

-- deleteWebhook
update webhooks set deleted_at = :now
where id = :id and deleted_at is null and :(visible(scope, 'organisation_id')) returning :columns
