import { encodeUuid } from '@yiduo/contract'
import { rowsOf } from './statements.ts'

interface Wrong {
  readonly wrong: string
}

/** What is held is counted three times: by quotas, by pools, and by the reservations of what stands. */
const holdings = `
  with held as (
    select organisation_id, system_id, unnest(array['vcpu', 'memory-gib', 'volume-gib', 'address']) as measure,
           unnest(array[vcpus, ceil(memory_mib / 1024.0)::bigint, volume_gib, addresses]) as amount
    from reservations where counted)
  select format('quota %s holds %s, its reservations %s', q.measure, q.held, coalesce(sum(h.amount), 0)) as wrong
  from quotas q left join held h on h.organisation_id = q.organisation_id and h.measure = q.measure
  group by q.organisation_id, q.measure, q.held having q.held <> coalesce(sum(h.amount), 0)
  union all
  select format('quota %s of a system holds %s, its reservations %s', q.measure, q.held, coalesce(sum(h.amount), 0))
  from system_quotas q left join held h on h.system_id = q.system_id and h.measure = q.measure
  group by q.system_id, q.measure, q.held having q.held <> coalesce(sum(h.amount), 0)
  union all
  select format('a pool has promised %s cores, its reservations hold %s', p.vcpus_promised, coalesce(sum(r.vcpus), 0))
  from pools p left join reservations r on r.pool_id = p.id
  group by p.id having p.vcpus_promised <> coalesce(sum(r.vcpus), 0)
      or p.memory_mib_promised <> coalesce(sum(r.memory_mib), 0)
  union all
  select format('%s %s is %s and holds a reservation: %s', r.kind, r.name, r.state, v.resource_id is not null)
  from resources r full join reservations v on v.resource_id = r.id
  where (r.ended_at is null) <> (v.resource_id is not null)
  union all
  select format('%s %s is %s and counted by its quota: %s', r.kind, r.name, r.state, v.counted)
  from resources r join reservations v on v.resource_id = r.id left join service_requests q on q.id = r.request_id
  where v.counted = (r.state = 'recycled' and q.state <> 'restoring') and r.state not in ('reclaiming')
  union all
  select format('the reservation of %s %s is not what it was promised', r.kind, r.name)
  from resources r join reservations v on v.resource_id = r.id
  where v.vcpus <> coalesce((r.desired->>'vcpus')::int, 0) or v.memory_mib <> coalesce((r.desired->>'memoryMib')::int, 0)
     or v.volume_gib <> coalesce((r.desired->>'diskGib')::int, (r.desired->>'sizeGib')::int + coalesce((r.desired->>'snapshotGib')::int, 0), 0)
  union all
  select format('%s has %s GiB of snapshots and is promised %s', r.name, coalesce(sum(s.size_gib), 0), r.desired->>'snapshotGib')
  from resources r left join snapshots s on s.volume_id = r.id and s.ended_at is null
  where r.ended_at is null group by r.id having coalesce(sum(s.size_gib), 0) <> coalesce((r.desired->>'snapshotGib')::int, 0)`

/** Each component of a resource is counted from one instant to another, without gap or overlap, while it is in use. */
const usage = `
  select format('%s of %s: one interval ends %s, the next begins %s', component_id, resource_name, before, started_at) as wrong
  from (select *, lag(ended_at, 1, started_at) over chain as before from usage_intervals
        window chain as (partition by resource_id, component_id order by started_at, ended_at nulls last)) as it
  where before > started_at or before is null or (before < started_at and not exists ( -- in the recycle bin between
    select from resources r join request_track t on t.request_id = r.request_id
    where r.id = it.resource_id and t.state = 'recycling' and t.started_at between before - interval '1 second' and started_at))
  union all
  select format('%s %s is %s and has open intervals: %s', r.kind, r.name, r.state, count(u.id))
  from resources r left join usage_intervals u on u.resource_id = r.id and u.ended_at is null
  group by r.id having (r.state in ('test', 'formal')) <> (count(u.id) > 0)`

/** What the triggers have summed up for the board, against what they summed. */
const sums = `
  select format('system %s on %s is summed up to %s and holds %s', system_id, platform_id, kept, held) as wrong
  from (select system_id, platform_id, format('%s servers, %s cores, %s MiB, %s GiB', servers, vcpus, memory_mib, storage_gib) as kept
        from system_holdings where (servers, vcpus, memory_mib, storage_gib) <> (0, 0, 0, 0)) as k
  full join (
    select system_id, platform_id, format('%s servers, %s cores, %s MiB, %s GiB', count(*) filter (where kind = 'server'),
             coalesce(sum((desired->>'vcpus')::int), 0), coalesce(sum((desired->>'memoryMib')::int), 0),
             coalesce(sum(coalesce((desired->>'diskGib')::int, (desired->>'sizeGib')::int)), 0)) as held
    from resources where ended_at is null and state in ('test', 'formal') and kind in ('server', 'volume')
    group by system_id, platform_id) as r using (system_id, platform_id)
  where kept is distinct from held`

const work = `
  select format('operation %s of %s is still %s', id, saga, state) as wrong from operations where ended_at is null
  union all
  select format('project %s is %s, busy with %s', id, state, busy_with) from projects
  where busy_with is not null or state <> 'live'`

/** What stands on the cloud and what stands in the books, by mark. */
const marks = `
  select mark from (
    select mark from sim.server union all select mark from sim.volume union all select mark from sim.address) as it
  where mark like (select 'yd-' || code || '-%' from installation) order by mark`

const standing = async (databaseUrl: string): Promise<string[]> => {
  const seen = (await rowsOf<{ mark: string }>(databaseUrl, marks)).map(({ mark }) => mark)
  const rows = await rowsOf<{ id: string; code: string }>(
    databaseUrl,
    `select id, (select code from installation) as code from resources where ended_at is null`,
  )
  const promised = rows.map(({ id, code }) => `yd-${code}-${encodeUuid(id)}`).sort()
  const [onCloud, inBooks] = [new Set(seen), new Set(promised)]
  return [
    ...seen.filter((mark) => !inBooks.has(mark)).map((mark) => `${mark} is on a cloud and in no books`),
    ...promised.filter((mark) => !onCloud.has(mark)).map((mark) => `${mark} is in the books and on no cloud`),
  ]
}

/** What must hold whenever nothing is under way, whatever went before: every sentence that does not. */
export const imbalances = async (databaseUrl: string): Promise<string[]> => {
  const wrong = await Promise.all([holdings, usage, sums, work].map((it) => rowsOf<Wrong>(databaseUrl, it)))
  return [...wrong.flat().map((it) => it.wrong), ...(await standing(databaseUrl))]
}
