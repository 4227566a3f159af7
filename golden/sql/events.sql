-- packages/server/src/platform/events/store.ts

-- columns
e.xact::text as xact, e.position, e.at, e.type, e.subject, e.organisation_id, o.path as organisation_path, e.data

-- eventsAfter
select :columns from events e left join organisations o on o.id = e.organisation_id
where (e.xact, e.position) > (:after.xact::xid8, :after.position::bigint)
  and e.xact < pg_snapshot_xmin(pg_current_snapshot())
order by e.xact, e.position limit :limit

-- within
(e.xact, e.position) > (:after.xact::xid8, :after.position::bigint)
and (e.xact, e.position) <= (:upTo.xact::xid8, :upTo.position::bigint)

-- indexed
true

-- placeWithin
select e.xact::text as xact, e.position from events e where :(within(stretch)) and :(indexed(stretch))
order by e.xact, e.position offset :(events - 1) limit 1

-- eventsWithin
select :columns from events e left join organisations o on o.id = e.organisation_id
where :(within(stretch)) and :(visible(stretch.scope, 'e.organisation_id'))
  :(when(stretch.subject, sql))
order by e.xact, e.position

-- eventsWithin
and e.subject = :stretch.subject

-- latestPosition
select e.xact::text as xact, e.position from events e
where e.xact < pg_snapshot_xmin(pg_current_snapshot()) order by e.xact desc, e.position desc limit 1

-- placeOf
select e.xact::text as xact, e.position from event_places p join events e on e.position = p.position
where p.reader = :reader

-- lockPlace
insert into event_places (reader, position) values (:reader, 0) on conflict do nothing

-- lockPlace
select from event_places where reader = :reader for update

-- keepPlace
update event_places set position = :position where reader = :reader
