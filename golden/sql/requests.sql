-- packages/server/src/modules/requests/attachments/store.ts

-- insertArriving
insert into attachments (id, request_id, name, media_type, size_bytes, added_by, created_at)
values (:it.id, :it.requestId, :it.name, :it.mediaType, :it.sizeBytes, :it.addedBy, :it.createdAt)

-- insertChunk
insert into attachment_chunks (attachment_id, position, content) values (:attachmentId, :position, :content)

-- heldBy
select count(*)::int as count, coalesce(sum(size_bytes), 0)::bigint as size_bytes
from attachments where request_id = :requestId

-- markArrived
update attachments set sha256 = :sha256 where id = :id and sha256 is null

-- removeAttachment
delete from attachments where id = :id

-- removeArriving
delete from attachments where id = :id and sha256 is null

-- removeAbandoned
delete from attachments where sha256 is null and created_at < :before

-- columns
a.id, a.request_id, a.name, a.media_type, a.size_bytes, a.sha256, a.added_by, p.login, a.created_at

-- listAttachments
select :columns from attachments a join people p on p.id = a.added_by
where a.request_id = :requestId and a.sha256 is not null order by a.id

-- findAttachment
select :columns from attachments a join people p on p.id = a.added_by
where a.id = :id and a.sha256 is not null

-- findChunk
select content from attachment_chunks where attachment_id = :attachmentId and position = :position

-- packages/server/src/modules/requests/ending-store.ts

-- nearest
(select min(d) from unnest(:days) d where :end <= :now::timestamptz + make_interval(days => d))

-- isComing
:end > :now and :end <= :now::timestamptz + make_interval(days => :mostDays::int)

-- untoldEndings
:[...it.defaults.noticeDays]::int[]

-- untoldEndings
r.expires_at

-- untoldEndings
r.test_ends_at

-- untoldEndings
r.purge_at

-- untoldEndings
array[(select min(d) from unnest(r.notice_days) d)]

-- untoldEndings
array(select d from unnest(r.notice_days) d where d < r.recycle_days)

-- untoldEndings
with r as not materialized (
  select r.id, r.state, r.kind, r.expires_at, r.test_ends_at, r.purge_at,
    coalesce(p.notice_days, :noticeDays) as notice_days, coalesce(p.recycle_days, :recycleDays::int) as recycle_days
  from service_requests r left join process_policies p on p.organisation_id = r.operator_organisation_id),
coming as (
  select r.id, 'formal' as kind, r.expires_at as ends_at, :(nearest(ends.formal, now, sql)) as days
  from r where r.state = 'formal' and :(isComing(ends.formal, now))
  union all
  select r.id, 'test', r.test_ends_at, :(nearest(ends.test, now, lastDay))
  from r where r.state in ('testing', 'delivery-failed') and r.kind = 'open' and :(isComing(ends.test, now))
  union all
  select r.id, 'purge', r.purge_at, :(nearest(ends.purge, now, inBin))
  from r where r.state in ('recycled', 'recycle-failed') and :(isComing(ends.purge, now)))
select c.id as request_id, c.kind, c.ends_at, c.days
from coming c left join request_endings t on t.request_id = c.id and t.kind = c.kind
where c.days is not null and (t.request_id is null or t.ends_at <> c.ends_at or t.days > c.days)
order by c.ends_at limit :it.limit

-- untoldEndings
r.notice_days

-- saveEnding
insert into request_endings (request_id, kind, ends_at, days)
values (:it.requestId, :it.kind, :it.endsAt, :it.days)
on conflict (request_id, kind) do update set ends_at = excluded.ends_at, days = excluded.days

-- packages/server/src/modules/requests/history-store.ts

-- insertPastRequests
insert into service_requests (id, kind, about_request_id, state, organisation_id, operator_organisation_id,
  system_id, monthly_price_yuan_e4, approved_by_rule, test_ends_at, expires_at, created_at, updated_at)
select x.id, x.kind, x."aboutRequestId", x.state, x."organisationId", x."operatorOrganisationId", x."systemId",
       x."monthlyPriceYuanE4", x."approvedByRule", x."testEndsAt", x."expiresAt", x."createdAt", x."updatedAt"
from json_to_recordset(:(JSON.stringify(requests))::json) as x(
  id uuid, kind text, "aboutRequestId" uuid, state text, "organisationId" uuid, "operatorOrganisationId" uuid,
  "systemId" uuid, "monthlyPriceYuanE4" bigint, "approvedByRule" boolean, "testEndsAt" timestamptz,
  "expiresAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz)

-- insertPastLines
insert into request_lines (id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib,
  public_address, platform_id, resource_id, resource_kind, size_gib, changes_from, monthly_price_yuan_e4)
select x.id, x."requestId", x.position, x."planId", x.name, x.quantity, x."imageName", x."dataVolumeGib",
       x."publicAddress", x."platformId", x."resourceId", x."resourceKind", x."sizeGib", x."changesFrom",
       x."monthlyPriceYuanE4"
from json_to_recordset(:(JSON.stringify(lines))::json) as x(
  id uuid, "requestId" uuid, position integer, "planId" uuid, name text, quantity integer, "imageName" text,
  "dataVolumeGib" integer, "publicAddress" boolean, "platformId" uuid, "resourceId" uuid, "resourceKind" text,
  "sizeGib" integer, "changesFrom" jsonb, "monthlyPriceYuanE4" bigint)

-- insertPastTracks
insert into request_track (request_id, position, step, state, side, moved_by, remark, started_at, due_at, ended_at)
select x."requestId", x.position, x.step, x.state, x.side, x."movedBy", x.remark, x."startedAt", x."dueAt",
       x."endedAt"
from json_to_recordset(:(JSON.stringify(tracks))::json) as x(
  "requestId" uuid, position integer, step text, state text, side text, "movedBy" text, remark text,
  "startedAt" timestamptz, "dueAt" timestamptz, "endedAt" timestamptz)

-- packages/server/src/modules/requests/list-store.ts

-- isAbout
and id in (select request_id from request_lines where resource_id = :resourceId
union all select a.id from service_requests a
where a.id = :requestId or (a.about_request_id = :requestId and a.kind = 'reclaim'))

-- listing
*

-- listing
:(when(it.state, sql))
:(it.states ? sql : empty)
:(it.standings ? sql : empty)
:(when(it.operatorOrganisationId, sql))
:(when(it.kind, sql))
:(when(it.systemId, sql))
:(when(it.lateAt, sql))
:(it.about ? isAbout(it.about) : empty)
:(it.ids ? sql : empty)

-- listing
and state = :it.state

-- listing
and state = any(:[...it.states]::text[])

-- listing
and kind || ' ' || state = any(:[...it.standings]::text[])

-- listing
and operator_organisation_id = :it.operatorOrganisationId

-- listing
and kind = :it.kind

-- listing
and system_id = :it.systemId

-- listing
and due_at < :it.lateAt

-- listing
and id = any(:[...it.ids]::uuid[])

-- countUnderWay
select kind, state, count(*) as count, count(*) filter (where due_at < :now) as overdue
from service_requests
where state not in ('rejected', 'discarded', 'formal', 'completed', 'settled')
  and :(visible(scope, 'organisation_id'))
group by kind, state

-- listRequestsEnding
and state = 'formal' and expires_at < :before

-- packages/server/src/modules/requests/name-store.ts

-- isNameComing
select r.id from service_requests r join request_lines l on l.request_id = r.id
where r.system_id = :systemId and r.kind = 'change' and r.state = 'delivering'
  and (:kind = 'server' or r.about_request_id = :requestId)
  and l.change ->> 'kind' = :(`rename-${kind}`) and l.change ->> 'name' = :name and l.resource_id <> :id
limit 1

-- packages/server/src/modules/requests/policy-store.ts

-- findPolicy
select grace_days, recycle_days, notice_days from process_policies where organisation_id = :organisationId

-- savePolicy
insert into process_policies (organisation_id, grace_days, recycle_days, notice_days)
values (:organisationId, :it.graceDays, :it.recycleDays, :[...it.noticeDays]::int[])
on conflict (organisation_id) do update set grace_days = excluded.grace_days, recycle_days = excluded.recycle_days,
  notice_days = excluded.notice_days

-- packages/server/src/modules/requests/store.ts

-- insertRequest
insert into service_requests (id, kind, about_request_id, state, organisation_id, operator_organisation_id, system_id,
  bureau_organisation_id, collection_id, sent_by, monthly_price_yuan_e4, approved_by_rule, test_ends_at, expires_at, fault, revision, created_at, updated_at)
values (:it.id, :it.kind, :it.aboutRequestId, :it.state, :it.organisationId, :it.operatorOrganisationId,
        :it.systemId, :it.bureauOrganisationId, :it.collectionId, :it.sentBy, :it.monthlyPriceYuanE4, :it.approvedByRule, :it.testEndsAt,
        :it.expiresAt, :(it.fault && JSON.stringify(it.fault)), :it.revision, :it.createdAt, :it.updatedAt)

-- updateRequest
update service_requests set state = :it.state, sent_by = :it.sentBy, system_id = :it.systemId,
  operator_organisation_id = :it.operatorOrganisationId, organisation_id = :it.organisationId,
  bureau_organisation_id = :it.bureauOrganisationId, collection_id = :it.collectionId,
  monthly_price_yuan_e4 = :it.monthlyPriceYuanE4, approved_by_rule = :it.approvedByRule,
  test_ends_at = :it.testEndsAt, expires_at = :it.expiresAt,
  grace_ends_at = :it.graceEndsAt, purge_at = :it.purgeAt, fault = :(it.fault && JSON.stringify(it.fault)),
  revision = revision + 1, updated_at = :it.updatedAt
where id = :it.id

-- systemsOf
select id, system_id from service_requests where id = any(:[...ids]::uuid[])

-- findRequest
select * from service_requests where id = :id and :(visible(scope, 'organisation_id'))

-- lockRequest
select * from service_requests where id = :id and :(visible(scope, 'organisation_id')) for update

-- membersOf
select * from service_requests where collection_id = any(:[...collectionIds]::uuid[]) and kind = 'open'
order by collection_id, id

-- lockMembers
select * from service_requests where collection_id = :collectionId and kind = 'open' order by id for update

-- insertLine
insert into request_lines (id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib,
  public_address, preferred_platform_id, platform_id, resource_id, resource_kind, size_gib, changes_from,
  change, template, monthly_price_yuan_e4)
values (:it.id, :it.requestId, :it.position, :it.planId, :it.name, :it.quantity, :it.imageName,
        :it.dataVolumeGib, :it.publicAddress, :it.preferredPlatformId, :it.platformId, :it.resourceId,
        :it.resourceKind, :it.sizeGib, :(it.changesFrom && JSON.stringify(it.changesFrom)),
        :(it.change && JSON.stringify(it.change)), :(it.template && JSON.stringify(it.template)), :it.monthlyPriceYuanE4)

-- deleteLines
delete from request_lines where request_id = :requestId

-- linesOf
select id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib, public_address,
       preferred_platform_id, platform_id, resource_id, resource_kind, size_gib, changes_from, change,
       template, monthly_price_yuan_e4, outcome, asked_quantity
from request_lines where request_id = any(:[...requestIds]::uuid[]) order by request_id, position

-- requestOfLine
select l.request_id from request_lines l join service_requests r on r.id = l.request_id
where l.id = :lineId and r.kind = 'open'

-- savePrice
update request_lines set monthly_price_yuan_e4 = :priceYuanE4 where id = :lineId

-- setOutcome
update request_lines set outcome = :outcome where id = any(:[...lineIds]::uuid[])

-- setQuantity
update request_lines set asked_quantity = coalesce(asked_quantity, quantity), quantity = :quantity,
       monthly_price_yuan_e4 = :priceYuanE4
where id = :lineId

-- updateAsk
update request_lines set plan_id = :it.planId, image_name = :it.imageName,
       data_volume_gib = :it.dataVolumeGib, public_address = :it.publicAddress,
       preferred_platform_id = :it.preferredPlatformId, monthly_price_yuan_e4 = :it.monthlyPriceYuanE4
where id = :it.id

-- savePlacement
update request_lines set platform_id = :platformId, placement = :(JSON.stringify(placement)),
       monthly_price_yuan_e4 = :priceYuanE4
where id = :lineId

-- findPlacement
select placement from request_lines where id = :lineId

-- tracksOf
select request_id, position, step, state, side, moved_by, remark, started_at, due_at, ended_at
from request_track where request_id = any(:[...requestIds]::uuid[]) order by request_id, position

-- moveTrack
with ended as (
  update request_track set ended_at = :it.startedAt where request_id = :it.requestId and ended_at is null)
insert into request_track (request_id, position, step, state, side, moved_by, remark, started_at, due_at)
select :it.requestId, coalesce(max(position), 0) + 1, :it.step, :it.state, :it.side, :it.movedBy,
       :it.remark, :it.startedAt, :it.dueAt
from request_track where request_id = :it.requestId

-- insertDeliveries
insert into deliveries (operation_id, request_id, line_id, round)
select id, :of.requestId, :of.lineId, :of.round from unnest(:[...operationIds]::uuid[]) as id

-- deliveriesOf
select operation_id, request_id, line_id, round, outcome from deliveries
where request_id = any(:[...requestIds]::uuid[]) order by operation_id

-- saveOutcome
update deliveries set outcome = :outcome where operation_id = :operationId
returning operation_id, request_id, line_id, round, outcome

-- openAbout
select * from service_requests where about_request_id = :requestId and id is distinct from :but::uuid
and state in ('submitted', 'returned', 'delivering', 'delivery-failed') limit 1

-- openReclaimOf
select * from service_requests where about_request_id = :requestId and kind = 'reclaim'
and state in ('submitted', 'returned', 'delivering', 'delivery-failed') limit 1 for update

-- testsPastEnd
select id from service_requests
where state in ('testing', 'delivery-failed') and kind = 'open' and test_ends_at <= :now
  and exists (select from deliveries d where d.request_id = service_requests.id and d.outcome = 'succeeded')
order by test_ends_at limit :limit

-- undecidedChanges
select * from service_requests where about_request_id = :requestId and kind = 'change'
and state in ('submitted', 'returned') order by id for update

-- recycledPastTime
select id from service_requests where purge_at <= :now and state in ('recycled', 'recycle-failed')
order by purge_at limit :limit

-- formalPastEnd
select id from service_requests where state = 'formal' and expires_at <= :now
  and (grace_ends_at is null or grace_ends_at <= :now)
order by expires_at limit :limit

-- reclaimedWithin
select id from service_requests where organisation_id = :organisationId and state = 'reclaimed'
and updated_at >= :from and updated_at < :before order by id

-- testEndsOf
select id, test_ends_at from service_requests where id = any(:[...ids]::uuid[]) and test_ends_at is not null

-- completedAbout
select distinct on (a.key) a.key, q.id as request_id
from jsonb_to_recordset(:(JSON.stringify(asked))::jsonb)
  as a(key uuid, "resourceId" uuid, "requestId" uuid, since timestamptz)
join service_requests q on q.about_request_id = a."requestId" and q.state = 'completed' and q.updated_at >= a.since
where q.kind = 'reclaim'
  or exists (select from request_lines l where l.request_id = q.id and l.resource_id = a."resourceId")
order by a.key, q.updated_at desc

-- giveRequests
update service_requests set bureau_organisation_id = :to
where bureau_organisation_id = :from and state in ('collecting', 'consolidated', 'returned')

-- giveRequests
update service_requests set operator_organisation_id = :to
where operator_organisation_id = :from and state not in ('rejected', 'discarded', 'completed', 'settled')

-- countOpen
select count(*)::int as count from service_requests where organisation_id = :organisationId
and state not in ('rejected', 'discarded', 'completed', 'reclaimed', 'settled')
