import { createHash } from 'node:crypto'
import type pg from 'pg'
import { pino } from 'pino'
import { encodeUuid } from '../../packages/contract/src/index.ts'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'

/** What is to be there; requests are half as many as resources. */
export interface Crowd {
  readonly resources: number
  readonly organisations: number
}

export const callers = ['province', 'city', 'forsaken-city', 'empty-county', 'department'] as const
export type Caller = (typeof callers)[number]

export interface CrowdedProvince {
  readonly tokens: Readonly<Record<Caller, string>>
  /** Ids to filter by, as they cross the wire: each is of the caller “department”. */
  readonly ids: Readonly<Record<'department' | 'system' | 'platform' | 'request' | 'resource' | 'person', string>>
  /** A place of which nine tenths of the resources are newer. */
  readonly deepCursor: string
}

const levels = [
  { level: 'city', actor: 'authority', below: 'province', count: '13' },
  { level: 'county', actor: 'authority', below: 'city', count: '95' },
  { level: 'township', actor: 'department', below: 'county', count: '1200' },
  { level: 'village', actor: 'department', below: 'township', count: 'organisations - 1322' },
] as const

/** As many as are asked for, dealt out in turn to those of the level above. */
const organisationsBelow = ({ level, actor, below, count }: (typeof levels)[number]): string =>
  `insert into organisations (id, parent_id, label, path, name, actor, level, division_code, created_at) overriding system value
   select pg_temp.numbered(1, l), p.id, l, p.path || l || '/', '${level} ' || l, '${actor}', '${level}', '320000', pg_temp.at(l)
   from (select n, nextval(pg_get_serial_sequence('organisations', 'label')) as l from size, generate_series(1, ${count}) n) made
   join (select id, path, row_number() over (order by label) - 1 as place, count(*) over () as places
         from organisations where level = '${below}') p on p.place = made.n % p.places`

/** Row by row the system it is of; the forsaken city's come among the first tenth only. */
const ofSystems = (of: 'resources' | 'requests'): string =>
  `from size, share, generate_series(1, ${of}) as r(n)
   join system s on s.n = r.n * 7919 % (select case when r.n * 10 < ${of} then systems else current end from share, size)`

/**
 * The tree, and the places in it that callers stand at. Two callers are hard on purpose: the county that holds nothing, and
 * the city that took part early and nothing since, so that all it holds lies behind everybody else's.
 */
const tree = ({ resources, organisations }: Crowd): string[] => [
  `create temp table size as select ${resources}::bigint as resources, ${resources / 2}::bigint as requests, ${organisations} as organisations`,
  `create function pg_temp.numbered(kind int, n bigint) returns uuid language sql immutable as $$
     select (lpad(to_hex(1735689600000 + n * 1000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000'
             || lpad(to_hex(n), 12, '0'))::uuid $$`,
  `create function pg_temp.at(n bigint) returns timestamptz language sql immutable as $$
     select '2025-01-01T00:00:00Z'::timestamptz + n * interval '1 second' $$`,
  ...levels.map(organisationsBelow),
  `insert into organisations (id, parent_id, label, path, name, actor, level, division_code, created_at) overriding system value
   select pg_temp.numbered(2, l), c.id, l, c.path || l || '/', 'operator', 'operator', 'city', '320000', pg_temp.at(0)
   from (select *, nextval(pg_get_serial_sequence('organisations', 'label')) as l from organisations where level = 'city') c`,
  `create temp table city as select id, path, row_number() over (order by label) as n from organisations where level = 'city' and actor = 'authority'`,
  `create temp table county as select id, path, row_number() over (order by label) as n from organisations where level = 'county'`,
  `create temp table owner as
   select o.id, row_number() over (order by o.path like (select path || '%' from city where n = 13), o.label) - 1 as n,
          o.path like (select path || '%' from city where n = 13) as forsaken
   from organisations o
   where actor = 'department' and o.path not like (select path || '%' from county where n = 5)`,
]

/** What the organisations hold, as after some years: most of it in use, little of it failed or under way. */
const holdings = [
  `insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
   select pg_temp.numbered(3, n), id, 'system', 2, 'general', 'none', 'public', pg_temp.at(n) from owner where n % 3 = 0`,
  `create temp table system as
   select pg_temp.numbered(3, n) as id, owner.id as organisation_id, row_number() over (order by n) - 1 as n, forsaken from owner where n % 3 = 0`,
  'create unique index on system (n)',
  `create temp table share as select count(*) as systems, count(*) filter (where not forsaken) as current from system`,
  'analyze system, owner, share, size',
  `insert into cloud_nodes select pg_temp.numbered(4, 1), 'node', 'node', 'core', '320000', id, now() from organisations where parent_id is null`,
  `insert into data_centres select pg_temp.numbered(5, 1), pg_temp.numbered(4, 1), 'dc', 'dc', 'production', 118, 32, now()`,
  `insert into platforms (id, data_centre_id, organisation_id, code, name, driver, endpoint, settings, credential, security_grade,
     architecture, vcpu_overselling, state, created_at)
   select pg_temp.numbered(6, n), pg_temp.numbered(5, 1), (select id from organisations where parent_id is null), 'platform-' || n,
          'platform', 'sim', 'sim://none', '{}', '', 3, 'x86-64', 1, 'unprobed', now() from generate_series(1, 14) n`,
  `insert into service_requests (id, kind, state, organisation_id, operator_organisation_id, system_id, monthly_price_yuan_e4, created_at, updated_at)
   select pg_temp.numbered(7, r.n), case when r.n % 20 = 0 then 'change' else 'open' end,
          case when r.n % 400 = 0 then 'submitted' when r.n % 1000 = 7 then 'delivery-failed' when r.n % 10 = 3 then 'testing' else 'formal' end,
          s.organisation_id, s.organisation_id, s.id, 1000000, pg_temp.at(r.n), pg_temp.at(r.n)
   ${ofSystems('requests')}`,
  `insert into request_lines (id, request_id, position, name, quantity, monthly_price_yuan_e4)
   select pg_temp.numbered(8, n), pg_temp.numbered(7, n), 1, 'line', 1, 1000000 from size, generate_series(1, requests) n`,
  `insert into request_track (request_id, position, step, state, side, moved_by, remark, started_at)
   select pg_temp.numbered(7, n), p, 'apply', 'draft', 'department', 'somebody', '', pg_temp.at(n) from size, generate_series(1, requests) n, generate_series(1, 2) p`,
  `insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, request_id, metering, desired, observed, created_at, ended_at)
   select pg_temp.numbered(9, r.n), (array['server', 'volume', 'address'])[1 + r.n % 3], 'resource-' || r.n,
          case when r.n % 500 = 0 then 'failed' when r.n % 1000 = 1 then 'building' when r.n % 50 = 2 then 'reclaimed'
               when r.n % 10 = 3 then 'test' else 'formal' end,
          s.organisation_id, s.id, pg_temp.numbered(6, 1 + r.n % 14), pg_temp.numbered(7, (r.n + 1) / 2),
          '{"vcpu": "00000000-0000-0000-0000-000000000000"}', '{"vcpus": 2, "memoryMib": 4096, "diskGib": 40}',
          '{"state": "active", "hostName": "host-1", "addresses": ["10.0.0.1"]}', pg_temp.at(r.n),
          case when r.n % 50 = 2 then pg_temp.at(r.n) end
   ${ofSystems('resources')}`,
  `insert into operations (id, saga, input, organisation_id, subject, started_by, state, created_at, ended_at)
   select pg_temp.numbered(10, r.n), 'server-create', '{}', s.organisation_id, 'srv', '{}',
          case when r.n % 300 = 0 then 'failed' else 'succeeded' end, pg_temp.at(r.n), pg_temp.at(r.n)
   ${ofSystems('requests')}`,
  `insert into operation_steps (operation_id, position, name, state, started_at)
   select pg_temp.numbered(10, n), p, 'step-' || p, 'done', pg_temp.at(n) from size, generate_series(1, requests) n, generate_series(0, 4) p`,
  `insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id, phase, quantity, started_at)
   select pg_temp.numbered(11, r.n), pg_temp.numbered(9, r.n), 'server', 'resource', s.organisation_id, s.id,
          '00000000-0000-0000-0000-000000000000', 'formal', 1, pg_temp.at(r.n)
   ${ofSystems('resources')}`,
  `insert into audit_entries (id, at, actor, operation, target, organisation_id, trace)
   select pg_temp.numbered(12, r.n), pg_temp.at(r.n), 'somebody', case when r.n % 2000 = 0 then 'platform.edit' else 'request.submit' end,
          'req_' || r.n, s.organisation_id, 'trace'
   ${ofSystems('resources')}`,
  `insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters, monthly_saving_yuan_e4, state, found_at)
   select pg_temp.numbered(13, r.n), 'server-stopped', pg_temp.numbered(9, r.n), 'server', s.organisation_id, s.id, '{"since": "2025-01-01T00:00:00Z"}', 1,
          case when r.n % 500 = 0 then 'dismissed' when r.n % 50 = 0 then 'open' else 'settled' end, pg_temp.at(r.n)
   ${ofSystems('requests')}`,
  `insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at)
   select pg_temp.numbered(14, n), 'person-' || n, 'person', id, '', false, pg_temp.at(n) from owner`,
  `insert into grants (id, person_id, role, organisation_id, reach, created_at)
   select pg_temp.numbered(15, n), pg_temp.numbered(14, n), 'department', id, 'own', pg_temp.at(n) from owner`,
]

const reaches: Readonly<Record<Caller, string>> = {
  province: 'select id from organisations where parent_id is null',
  city: 'select id from city where n = 1',
  'forsaken-city': 'select id from city where n = 13',
  'empty-county': 'select id from county where n = 5',
  department: 'select organisation_id as id from system where n = 0',
}

/** Roles that together may read every list. */
const roles = ['auditor', 'operator', 'security-admin']

const admit = async (client: pg.PoolClient, caller: Caller): Promise<string> => {
  const token = `yds_bench-${caller}`
  const hash = createHash('sha256').update(token).digest()
  await client.query(
    `with place as (${reaches[caller]}),
          person as (insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at)
                     select gen_random_uuid(), $1, $1, id, '', false, now() from place returning id),
          granted as (insert into grants (id, person_id, role, organisation_id, reach, created_at)
                      select gen_random_uuid(), person.id, role, place.id, $2, now() from place, person, unnest($3::text[]) role)
     insert into sessions (id, token_hash, person_id, created_at, expires_at)
     select gen_random_uuid(), $4, id, now(), now() + interval '1 day' from person`,
    [caller, caller === 'department' ? 'own' : 'subtree', roles, hash],
  )
  return token
}

/** A typed id is its prefix before the number in the id's own letters. */
const idOf = async (client: pg.PoolClient, prefix: string, statement: string): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(statement)
  return prefix + encodeUuid(rows[0]?.id ?? '')
}

/** The entries have no MAC, as those of an older release, and the server chains them so: it should be through before. */
const untilSealed = async (client: pg.PoolClient): Promise<void> => {
  while ((await client.query('select from audit_queue limit 1')).rows.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
}

/** Fills the database of an empty Yiduo. */
export const crowd = async (databaseUrl: string, size: Crowd): Promise<CrowdedProvince> => {
  await using database = createDatabase({ url: databaseUrl, connections: 1, log: pino({ level: 'silent' }) })
  const client = await database.pool.connect() // one connection, for the temporary tables
  try {
    await client.query('set statement_timeout = 0')
    for (const statement of [...tree(size), ...holdings]) await client.query(statement)
    await untilSealed(client)
    await client.query('vacuum analyze')
    const tokens: Partial<Record<Caller, string>> = {}
    for (const caller of callers) tokens[caller] = await admit(client, caller)
    const own = 'organisation_id = (select organisation_id from system where n = 0) order by id limit 1'
    const id = (prefix: string, table: string) => idOf(client, prefix, `select id from ${table} where ${own}`)
    return {
      tokens: tokens as Record<Caller, string>, // one for each caller, just made
      ids: {
        department: await idOf(client, 'org_', reaches.department),
        system: await id('sys_', 'business_systems'),
        platform: await idOf(client, 'plt_', 'select id from platforms order by id limit 1'),
        request: await id('req_', 'service_requests'),
        resource: await id('srv_', 'resources'),
        person: await id('prs_', 'people'),
      },
      deepCursor: await idOf(client, '', 'select pg_temp.numbered(9, resources / 10) as id from size'),
    }
  } finally {
    client.release()
  }
}
