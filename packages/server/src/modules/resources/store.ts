import { type Measure, type Resource, type ResourceKind, resourceKinds } from '@yiduo/contract'
import sql, { type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  calledSo,
  idBegins,
  type Keyset,
  listVisible,
  maybeRow,
  oneRow,
  rows,
  run,
  type Searchable,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'
import type { Desired } from './model.ts'

export interface ResourceRow {
  readonly id: string
  readonly kind: ResourceKind
  readonly name: string
  readonly state: Resource['state']
  readonly organisationId: string
  readonly systemId: string
  readonly platformId: string
  /** In whose project on the cloud it lies, where that is not its own system's: it was transferred. */
  readonly projectSystemId: string | null
  readonly requestId: string | null
  readonly lineId: string | null
  readonly planId: string | null
  readonly metering: Readonly<Record<Measure, string>>
  readonly serverId: string | null
  readonly desired: Desired
  readonly observed: Record<string, unknown> | null
  readonly externalId: string | null
  readonly refs: Record<string, unknown>
  readonly busyWith: string | null
  readonly changedBy: string | null
  readonly observedAt: Date | null
  readonly expiresAt: Date | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export type NewResource = Omit<
  ResourceRow,
  'state' | 'observed' | 'externalId' | 'refs' | 'busyWith' | 'changedBy' | 'observedAt' | 'endedAt'
>

export const insertResources = (tx: Tx, resources: readonly NewResource[]): Promise<void> =>
  write(
    tx,
    sql`insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, project_system_id, request_id, line_id,
                               plan_id, metering, server_id, desired, expires_at, created_at)
        select x.id, x.kind, x.name, 'planned', x."organisationId", x."systemId", x."platformId",
               x."projectSystemId", x."requestId", x."lineId", x."planId", x.metering, x."serverId", x.desired, x."expiresAt", x."createdAt"
        from jsonb_to_recordset(${JSON.stringify(resources)}::jsonb) as x(
          id uuid, kind text, name text, "organisationId" uuid, "systemId" uuid, "platformId" uuid,
          "projectSystemId" uuid, "requestId" uuid, "lineId" uuid, "planId" uuid, metering jsonb, "serverId" uuid, desired jsonb, "expiresAt" timestamptz,
          "createdAt" timestamptz)`,
  )

export const findResource = (tx: Tx, scope: Scope, id: string): Promise<ResourceRow | null> =>
  maybeRow(tx, sql`select * from resources where id = ${id} and ${visible(scope, 'organisation_id')}`)

export const lockResource = (tx: Tx, scope: Scope, id: string): Promise<ResourceRow | null> =>
  maybeRow(tx, sql`select * from resources where id = ${id} and ${visible(scope, 'organisation_id')} for update`)

export interface ResourceFilter {
  readonly kind: string | null
  readonly state: string | null
  readonly systemId: string | null
  readonly platformId: string | null
  readonly requestId: string | null
  readonly sought: Sought | null
}

/** An address is found as a whole, a cloud's own id by its beginning. */
const otherwise = (text: string): readonly Sql[] => [
  ...resourceKinds.flatMap((kind) => idBegins(kind, text).map((range) => sql`${range} and kind = ${kind}`)),
  ...(/^[0-9a-f.:]{2,45}$/.test(text)
    ? [
        sql`jsonb_path_query_array(observed, 'lax $.addresses[*]') || jsonb_path_query_array(observed, 'lax $.address')
            ? ${text}`,
      ]
    : []),
  ...(/^[!-~]{6,}$/.test(text)
    ? [sql`external_id collate "C" >= ${text} and external_id collate "C" < ${`${text}\u007f`}`]
    : []),
]

const searchable: Searchable = { table: 'resources', names: ['name'], otherwise }

export const namesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from resources where id = any(${[...ids]}::uuid[])`)

/** In these states a resource may have come to its end. */
const ends: readonly string[] = ['reclaimed', 'failed'] satisfies Resource['state'][]

/** What is gone is shown only to those who ask for it. */
export const listResources = async (
  tx: Tx,
  scope: Scope,
  filter: ResourceFilter,
  page: Keyset,
): Promise<ResourceRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'resources',
      columns: sql`*`,
      owner: 'organisation_id',
      filters: sql`${when(filter.state === null || !ends.includes(filter.state), sql`and ended_at is null`)}
        ${when(filter.state, sql`and state = ${filter.state}`)}
        ${when(filter.kind, sql`and kind = ${filter.kind}`)}
        ${when(filter.systemId, sql`and system_id = ${filter.systemId}`)}
        ${when(filter.platformId, sql`and platform_id = ${filter.platformId}`)}
        ${when(filter.requestId, sql`and request_id = ${filter.requestId}`)}`,
    },
    page,
    calledSo(searchable, filter.sought),
  )

/** Servers with what hangs on them, in the order they were planned. */
export const liveResourcesOfRequest = (tx: Tx, requestId: string): Promise<ResourceRow[]> =>
  rows(tx, sql`select * from resources where request_id = ${requestId} and ended_at is null order by id for update`)

/** Servers of a request that are made and in use. Not locked: whoever makes or ends one holds it for a whole step. */
export const standingServers = (tx: Tx, requestId: string): Promise<Pick<ResourceRow, 'name' | 'lineId'>[]> =>
  rows(
    tx,
    sql`select name, line_id from resources
        where request_id = ${requestId} and ended_at is null and kind = 'server' and state in ('test', 'formal') order by id`,
  )

/** Servers first, in the order they were planned, then what hangs on them. */
export const lockLine = (tx: Tx, requestId: string, lineId: string): Promise<ResourceRow[]> =>
  rows(
    tx,
    sql`select * from resources where request_id = ${requestId} and line_id = ${lineId} and ended_at is null
        order by server_id is not null, id for update`,
  )

/** A server first, then its volumes and addresses. */
export const unitOf = (tx: Tx, serverId: string): Promise<ResourceRow[]> =>
  rows(
    tx,
    sql`select * from resources where id = ${serverId} or (server_id = ${serverId} and ended_at is null)
        order by server_id nulls first, id`,
  )

/** The same, locked. */
export const lockUnit = (tx: Tx, serverId: string): Promise<ResourceRow[]> =>
  rows(
    tx,
    sql`select * from resources where ended_at is null and (id = ${serverId} or server_id = ${serverId})
        order by server_id nulls first, id for update`,
  )

export const setEnd = (tx: Tx, requestId: string, expiresAt: Date | null): Promise<number> =>
  run(tx, sql`update resources set expires_at = ${expiresAt} where request_id = ${requestId} and ended_at is null`)

export const setState = (
  tx: Tx,
  ids: readonly string[],
  state: Resource['state'],
  endedAt: Date | null,
): Promise<void> =>
  write(
    tx,
    sql`update resources set state = ${state}, ended_at = ${endedAt},
               busy_with = case when ${endedAt !== null} then null else busy_with end
        where id = any(${[...ids]}::uuid[])`,
  )

/** Of a server and of what hangs on it. */
export const setUnitState = (tx: Tx, serverId: string, state: Resource['state']): Promise<number> =>
  run(
    tx,
    sql`update resources set state = ${state}
        where id = ${serverId} or (server_id = ${serverId} and ended_at is null)`,
  )

/** Where it came to an end already, by a reclaim in between, it stays as that left it. */
export const setFailed = (tx: Tx, ids: readonly string[], endedAt: Date | null): Promise<number> =>
  run(
    tx,
    sql`update resources set state = 'failed', ended_at = ${endedAt}, busy_with = null
        where id = any(${[...ids]}::uuid[]) and ended_at is null`,
  )

export const saveMade = (
  tx: Tx,
  it: { id: string; externalId: string; observed: unknown; refs: unknown; at: Date },
): Promise<number> =>
  run(
    tx,
    sql`update resources set external_id = ${it.externalId}, observed = ${JSON.stringify(it.observed)},
               refs = refs || ${JSON.stringify(it.refs)}::jsonb, observed_at = ${it.at}
        where id = ${it.id}`,
  )

export const saveRefs = (tx: Tx, id: string, refs: unknown): Promise<number> =>
  run(tx, sql`update resources set refs = refs || ${JSON.stringify(refs)}::jsonb where id = ${id}`)

export const saveDesired = (tx: Tx, id: string, desired: Desired, planId: string | null): Promise<void> =>
  write(
    tx,
    sql`update resources set desired = ${JSON.stringify(desired)}, plan_id = coalesce(${planId}, plan_id) where id = ${id}`,
  )

export const setBusy = (tx: Tx, ids: readonly string[], by: string): Promise<number> =>
  run(tx, sql`update resources set busy_with = ${by} where id = any(${[...ids]}::uuid[])`)

export const setChangedBy = (tx: Tx, id: string, operationId: string): Promise<void> =>
  write(tx, sql`update resources set changed_by = ${operationId} where id = ${id}`)

export const setFree = (tx: Tx, ids: readonly string[], by: string): Promise<void> =>
  write(tx, sql`update resources set busy_with = null where id = any(${[...ids]}::uuid[]) and busy_with = ${by}`)

export const freeAll = (tx: Tx, by: string): Promise<number> =>
  run(tx, sql`update resources set busy_with = null where busy_with = ${by}`)

/** One thing that carries our mark, as a listing shows it. */
export interface Marked {
  readonly externalId: string
  /** Id of ours that the mark says. */
  readonly uuid: string
  readonly mark: string
  readonly name: string
  readonly observed: unknown
}

const recordset = (marked: readonly Marked[]) => sql`
  jsonb_to_recordset(${JSON.stringify(marked)}::jsonb)
    as x("externalId" text, uuid uuid, mark text, name text, observed jsonb)`

/**
 * What a listing begun `at` shows of things we hold. Written only where it differs, or what is there is older than
 * `freshFrom`: on most rounds nothing is. What an operation of ours has seen since then is newer, and stays.
 */
export const saveObserved = (
  tx: Tx,
  of: { platformId: string; kind: string; at: Date; freshFrom: Date },
  marked: readonly Marked[],
): Promise<void> =>
  write(
    tx,
    sql`update resources r set observed = x.observed, observed_at = ${of.at}
        from ${recordset(marked)}
        where r.id = x.uuid and r.platform_id = ${of.platformId} and r.kind = ${of.kind}
          and r.external_id = x."externalId" and r.ended_at is null
          and (r.observed_at is null or r.observed_at <= ${of.at})
          and (r.observed is distinct from x.observed or r.observed_at is null or r.observed_at < ${of.freshFrom})`,
  )

/**
 * Those of a listing that are not of a resource we hold there. A thing of another kind with a resource's mark, its
 * port, is held with it; a second one of its kind, by another id of the cloud, is not.
 */
export const straysAmong = (
  tx: Tx,
  of: { platformId: string; kind: string },
  marked: readonly Marked[],
): Promise<Omit<Marked, 'observed'>[]> =>
  rows(
    tx,
    sql`select x."externalId" as external_id, x.uuid, x.mark, x.name from ${recordset(marked)}
        where not exists (select from resources r
          where r.id = x.uuid and r.platform_id = ${of.platformId} and r.ended_at is null
            and (r.kind <> ${of.kind} or r.external_id is null or r.external_id = x."externalId"))`,
  )

/** What lies in the project of a system on a platform, whosever it is by now. */
const inProjectOf = (systemId: string, platformId: string) =>
  sql`platform_id = ${platformId} and ended_at is null
      and (project_system_id = ${systemId} or (system_id = ${systemId} and project_system_id is null))`

/** Whose resources lie in a project. */
export const holdersIn = (tx: Tx, systemId: string, platformId: string): Promise<{ organisationId: string }[]> =>
  rows(tx, sql`select distinct organisation_id from resources where ${inProjectOf(systemId, platformId)}`)

/** The project keeps its name here: on the cloud nothing moves. */
export const handOver = (
  tx: Tx,
  ids: readonly string[],
  to: { readonly organisationId: string; readonly systemId: string },
): Promise<number> =>
  run(
    tx,
    sql`update resources set organisation_id = ${to.organisationId}, system_id = ${to.systemId},
               project_system_id = nullif(coalesce(project_system_id, system_id), ${to.systemId}::uuid)
        where id = any(${[...ids]}::uuid[])`,
  )

/**
 * Notes that resources have left their project on the cloud, and says whether others of the system are still in it.
 * Of several that leave at once, one after another under the project's lock, the last one finds itself the last.
 */
export const leaveProject = async (
  tx: Tx,
  systemId: string,
  platformId: string,
  leaving: readonly string[],
): Promise<'last' | 'others'> => {
  await run(tx, sql`update resources set refs = refs || '{"left": true}' where id = any(${[...leaving]}::uuid[])`)
  const other = await maybeRow(
    tx,
    sql`select id from resources where ${inProjectOf(systemId, platformId)} and not refs ? 'left' limit 1`,
  )
  return other ? 'others' : 'last'
}

export interface OrphanRow {
  readonly platformId: string
  readonly kind: string
  readonly externalId: string
  readonly mark: string
  readonly name: string
  readonly foundAt: Date
}

/** The oldest first: what has lain there longest is the likeliest to be forgotten. */
export const listOrphans = (tx: Tx, scope: Scope, platformId: string | null): Promise<OrphanRow[]> =>
  rows(
    tx,
    sql`select platform_id, kind, external_id, mark, name, found_at from orphans
        where ${visible(scope, 'organisation_id')} ${when(platformId, sql`and platform_id = ${platformId}`)}
        order by found_at, external_id limit 500`,
  )

/** All of one kind on one platform, after a complete listing of it. */
export const replaceOrphans = async (
  tx: Tx,
  of: { readonly platformId: string; readonly organisationId: string; readonly kind: string; readonly at: Date },
  found: readonly Omit<Marked, 'observed' | 'uuid'>[],
): Promise<void> => {
  await run(
    tx,
    sql`delete from orphans where platform_id = ${of.platformId} and kind = ${of.kind}
        and external_id not in (select x."externalId"
          from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x("externalId" text))`,
  )
  await run(
    tx,
    sql`insert into orphans (platform_id, organisation_id, kind, external_id, mark, name, found_at)
        select ${of.platformId}, ${of.organisationId}, ${of.kind}, x."externalId", x.mark, x.name, ${of.at}
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x("externalId" text, mark text, name text)
        on conflict do nothing`,
  )
}

export type ResourceInUse = Pick<
  ResourceRow,
  'id' | 'kind' | 'state' | 'organisationId' | 'systemId' | 'requestId' | 'metering' | 'desired' | 'observed'
>

/** In the order of their ids, so many of those behind one. */
export const resourcesInUse = (tx: Tx, after: string, limit: number): Promise<ResourceInUse[]> =>
  rows(
    tx,
    sql`select id, kind, state, organisation_id, system_id, request_id, metering, desired, observed from resources
        where ended_at is null and state in ('test', 'formal') and id > ${after} order by id limit ${limit}`,
  )

export const serversInUse = async (tx: Tx, systemId: string): Promise<string[]> => {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from resources where system_id = ${systemId} and kind = 'server' and state in ('test', 'formal')
        and ended_at is null order by id`,
  )
  return found.map((it) => it.id)
}

export const countLive = async (tx: Tx, organisationId: string): Promise<number> =>
  (
    await oneRow<{ count: number }>(
      tx,
      sql`select count(*)::int as count from resources where organisation_id = ${organisationId} and ended_at is null`,
    )
  ).count
