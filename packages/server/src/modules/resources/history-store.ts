import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { ResourceRow } from './store.ts'

/** One that stands on a cloud, or did, with what was seen of it there. */
export type PastResource = Omit<ResourceRow, 'busyWith' | 'changedBy' | 'projectSystemId'>

/** Many at once, for what is brought in from elsewhere: no saga has made them, and nothing is recorded of it. */
export const insertPastResources = (tx: Tx, resources: readonly PastResource[]): Promise<number> =>
  run(
    tx,
    sql`insert into resources (id, kind, name, state, organisation_id, system_id, platform_id, request_id, line_id, plan_id,
                               metering, server_id, desired, observed, external_id, refs, observed_at, expires_at,
                               created_at, ended_at)
        select x.id, x.kind, x.name, x.state, x."organisationId", x."systemId", x."platformId", x."requestId", x."lineId",
               x."planId", x.metering, x."serverId", x.desired, x.observed, x."externalId", x.refs, x."observedAt",
               x."expiresAt", x."createdAt", x."endedAt"
        from json_to_recordset(${JSON.stringify(resources)}::json) as x(
          id uuid, kind text, name text, state text, "organisationId" uuid, "systemId" uuid, "platformId" uuid,
          "requestId" uuid, "lineId" uuid, "planId" uuid, metering jsonb, "serverId" uuid, desired jsonb, observed jsonb,
          "externalId" text, refs jsonb, "observedAt" timestamptz, "expiresAt" timestamptz, "createdAt" timestamptz,
          "endedAt" timestamptz)`,
  )
