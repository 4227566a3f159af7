-- packages/server/src/platform/events/store.ts

-- eventsAfter
select e.xact::text as xact, e.position, e.at, e.type, e.subject, e.organisation_id, o.path as organisation_path, e.data
from events e left join organisations o on o.id = e.organisation_id
where (e.xact, e.position) > (:after.xact::xid8, :after.position::bigint)
  and e.xact < pg_snapshot_xmin(pg_current_snapshot())
order by e.xact, e.position limit :limit

-- latestPosition
select xact::text as xact, position from events
where xact < pg_snapshot_xmin(pg_current_snapshot()) order by xact desc, position desc limit 1
