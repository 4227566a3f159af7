import { isLoadProfile, loadOf } from '@yiduo/drivers'
import type { Yiduo } from '../../src/compose.ts'
import { toldOf } from '../../src/demonstration/organisations.ts'
import { direction, whole } from '../../src/demonstration/scene.ts'
import { rowsOf } from '../world/statements.ts'

/** A province in a database, and the program over it. */
export interface Place {
  readonly url: string
  readonly yiduo: Yiduo
}

const told = [...toldOf]
const hourMs = 3_600_000

/** What is looked for as the later parts will: from what there is, knowing nothing of what was planted. */
export const overselling = async ({ url }: Place): Promise<unknown> =>
  rowsOf(
    url,
    `select distinct o.name as provider, p.code as platform, p.vcpu_overselling as contract
     from sim.host_use u join sim.host h on h.cloud = u.cloud and h.id = u.host_id join platforms p on p.code = u.cloud
       join organisations o on o.id = p.provider_organisation_id
     where u.vcpus > h.vcpus * p.vcpu_overselling`,
  )

interface Measured {
  readonly server: string
  readonly system: string
  readonly of: string
  readonly vcpus: number
  readonly cpuPercent: number
  readonly memoryPercent: number
}

/** Two weeks of every server of ours, some instants of each day. */
export const measured = async ({ url }: Place): Promise<readonly Measured[]> => {
  const servers = await rowsOf<
    Omit<Measured, 'cpuPercent' | 'memoryPercent'> & Record<'id' | 'profile', string> & { seed: number }
  >(
    url,
    `select r.name as server, y.name as system, o.name as of, s.vcpus, s.id, coalesce(s.load_profile, 'office') as profile, c.seed
     from resources r join sim.server s on s.id = r.external_id join sim.cloud c on c.name = s.cloud
       join business_systems y on y.id = r.system_id join organisations o on o.id = r.organisation_id
     where r.kind = 'server' and r.ended_at is null`,
  )
  const instants = Array.from({ length: 40 }, (_, index) => new Date(Date.UTC(2026, 10, 2) + index * 9 * hourMs))
  return servers.map(({ id, profile, seed, ...it }) => {
    const loads = instants.map((at) => {
      if (!isLoadProfile(profile)) throw new Error(`no load profile: ${profile}`)
      return loadOf({ seed, thing: id, profile, vcpus: it.vcpus, at })
    })
    const mean = (of: 'cpuPercent' | 'memoryPercent') => loads.reduce((sum, load) => sum + load[of], 0) / loads.length
    return { ...it, cpuPercent: mean('cpuPercent'), memoryPercent: mean('memoryPercent') }
  })
}

export const zombies = (servers: readonly Measured[]) =>
  [...Map.groupBy(servers, ({ system, of }) => `${system} ${of}`).values()]
    .filter((all) => all.every(({ cpuPercent }) => cpuPercent < 3))
    .flatMap(([first]) => (first ? [{ system: first.system, of: first.of }] : []))

export const oversized = (servers: readonly Measured[]) =>
  servers
    .filter((it) => it.vcpus >= 8 && it.cpuPercent >= 1 && it.cpuPercent < 10 && it.memoryPercent < 20)
    .map(({ server, of }) => ({ server, of }))

type Rule = readonly [rule: string, breaks: boolean]

/** Every data centre of a node that stands in for its production, judged by the plan's rules. */
export const brokenPairs = async ({ yiduo: { rooms } }: Place) => {
  const centres = (await rooms.nodes.listDataCentres(direction('demonstration.make'), whole)).items
  const links = (await rooms.nodes.listLinks(direction('demonstration.make'), whole)).items
  return centres.flatMap((other) => {
    const production = centres.find((it) => it.nodeId === other.nodeId && it.role === 'production')
    const link = links.find((it) => it.fromDataCentreId === production?.id && it.toDataCentreId === other.id)
    if (!production || !link || other === production) return []
    const rules: Readonly<Record<string, readonly Rule[]>> = {
      'active-active': [
        ['active-active-latency', (link.latencyMs ?? 0) >= 2],
        ['active-active-distance', link.distanceKm > 50],
      ],
      remote: [
        ['remote-same-grid', production.powerGrid === other.powerGrid],
        ['remote-same-basin', production.riverBasin === other.riverBasin],
        ['remote-same-belt', production.seismicBelt === other.seismicBelt],
      ],
    }
    return (rules[other.role] ?? [])
      .filter(([, breaks]) => breaks)
      .map(([rule]) => ({ production: production.code, other: other.code, rule }))
  })
}

export const fullPlatforms = ({ url }: Place): Promise<{ platform: string }[]> =>
  rowsOf(
    url,
    `select p.code as platform from pools o join platforms p on p.id = o.platform_id
     where o.vcpus_promised >= o.vcpus_sellable`,
  )

export const unusedQuotas = async ({ url }: Place): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      url,
      `select o.name from quotas q join organisations o on o.id = q.organisation_id
       where not exists (select from business_systems y where y.organisation_id = o.id)
       group by o.id having sum(q.held) = 0 and sum(q.quota_limit) > 0`,
    )
  ).map(({ name }) => name)

export const unattachedVolumes = ({ url }: Place): Promise<{ volume: string; of: string }[]> =>
  rowsOf(
    url,
    `select r.name as volume, o.name as of from advice a join resources r on r.id = a.resource_id
       join organisations o on o.id = r.organisation_id
     where a.kind = 'volume-unattached' and a.ended_at is null and o.name <> all($1)`,
    [told],
  )

export const expiredLeases = ({ url }: Place): Promise<{ dataCentre: string; leaseEndsInDays: number }[]> =>
  rowsOf(
    url,
    `select code as "dataCentre", round(extract(epoch from lease_ends_at - now()) / 86400)::int as "leaseEndsInDays"
     from data_centres where lease_ends_at < now()`,
  )

/** Formal, and at its end within so many days and not within the fewer. */
export const endings = ({ url }: Place): Promise<{ system: string; of: string; withinDays: number }[]> =>
  rowsOf(
    url,
    `select y.name as system, o.name as of, case when q.expires_at < now() + interval '1 day' then 1
       when q.expires_at < now() + interval '7 days' then 7 else 30 end as "withinDays"
     from service_requests q join business_systems y on y.id = q.system_id join organisations o on o.id = q.organisation_id
     where q.state = 'formal' and q.expires_at < now() + interval '30 days' and o.name <> all($1) order by q.expires_at desc`,
    [told],
  )

export const orphans = ({ url }: Place): Promise<{ platform: string; name: string }[]> =>
  rowsOf(url, `select p.code as platform, t.name from orphans t join platforms p on p.id = t.platform_id`)

/** Undecided, and past their time. */
export const stuckRequests = ({ url }: Place): Promise<{ system: string; of: string }[]> =>
  rowsOf(
    url,
    `select y.name as system, o.name as of from service_requests q join request_track t on t.request_id = q.id
       join business_systems y on y.id = q.system_id join organisations o on o.id = q.organisation_id
     where q.state = 'submitted' and t.ended_at is null and t.due_at < now()`,
  )

/** Sent, and in no inbox. */
export const waitingForNobody = ({ url }: Place): Promise<{ id: string }[]> =>
  rowsOf(
    url,
    `select q.id from service_requests q where q.state = 'submitted' and not exists (
       select from approval_stages g join approval_seats s on s.subject_id = g.subject_id and s.round = g.round
         and s.stage = g.position and s.ended_at is null
       where g.subject_id = q.id and g.state = 'open')`,
  )

/** This month's bill of a department, as it stands. */
export const openBill = async ({ yiduo: { rooms } }: Place, organisation: string, month: string) => {
  const { items } = await rooms.organisations.list(direction('demonstration.make'), whole)
  const id = items.find(({ name }) => name === organisation)?.id ?? ''
  return rooms.settlement.get(direction('demonstration.make'), id, month)
}

/** Closed bills that are not the sum of their lines, and months of use that nobody closed. */
export const wrongBills = ({ url }: Place, thisMonth: string): Promise<unknown[]> =>
  rowsOf(
    url,
    `select b.month, o.name from bills b join organisations o on o.id = b.organisation_id
       left join bill_lines l on l.bill_id = b.id
     group by b.id, o.id having b.amount_yuan_e4 <> coalesce(sum(l.amount_yuan_e4), 0)
     union all
     select to_char(m.begins, 'YYYY-MM'), o.name
     from usage_intervals u join organisations o on o.id = u.organisation_id, lateral generate_series(
       date_trunc('month', u.started_at at time zone 'Asia/Shanghai'),
       date_trunc('month', coalesce(u.ended_at, now()) at time zone 'Asia/Shanghai'), interval '1 month') as m(begins)
     where o.name <> all($1) and to_char(m.begins, 'YYYY-MM') < $2 and not exists (
       select from bills b where b.organisation_id = o.id and b.month = to_char(m.begins, 'YYYY-MM'))
     limit 5`,
    [told, thisMonth],
  )

/** What was written in bulk and is not what its cloud shows: the first listing would have written it anew. */
export const differences = async ({ url }: Place): Promise<number> => {
  const [row] = await rowsOf<{ instants: number }>(
    url,
    `select count(distinct r.observed_at)::int as instants from resources r
       join organisations o on o.id = r.organisation_id where r.ended_at is null and o.name <> all($1)`,
    [told],
  )
  return (row?.instants ?? 0) - 1
}
