-- packages/server/src/platform/http/store.ts

-- canRead
select 1 as one

-- operationCounts
select state, count(*) as count from operations where ended_at is null group by state
