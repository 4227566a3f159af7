import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { LineRow, RequestRow, TrackRow } from './store.ts'

/** Of a request of the past nobody knows any more why it was placed where it is, nor its operations. */
export type PastRequest = Omit<
  RequestRow,
  'sentBy' | 'fault' | 'revision' | 'bureauOrganisationId' | 'collectionId' | 'graceEndsAt' | 'purgeAt'
>
export type PastLine = Omit<LineRow, 'preferredPlatformId' | 'change' | 'template' | 'outcome' | 'askedQuantity'>

export const insertPastRequests = (tx: Tx, requests: readonly PastRequest[]): Promise<number> =>
  run(
    tx,
    sql`insert into service_requests (id, kind, about_request_id, state, organisation_id, operator_organisation_id,
          system_id, monthly_price_yuan_e4, approved_by_rule, test_ends_at, expires_at, created_at, updated_at)
        select x.id, x.kind, x."aboutRequestId", x.state, x."organisationId", x."operatorOrganisationId", x."systemId",
               x."monthlyPriceYuanE4", x."approvedByRule", x."testEndsAt", x."expiresAt", x."createdAt", x."updatedAt"
        from json_to_recordset(${JSON.stringify(requests)}::json) as x(
          id uuid, kind text, "aboutRequestId" uuid, state text, "organisationId" uuid, "operatorOrganisationId" uuid,
          "systemId" uuid, "monthlyPriceYuanE4" bigint, "approvedByRule" boolean, "testEndsAt" timestamptz,
          "expiresAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz)`,
  )

export const insertPastLines = (tx: Tx, lines: readonly PastLine[]): Promise<number> =>
  run(
    tx,
    sql`insert into request_lines (id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib,
          public_address, platform_id, resource_id, resource_kind, size_gib, changes_from, monthly_price_yuan_e4)
        select x.id, x."requestId", x.position, x."planId", x.name, x.quantity, x."imageName", x."dataVolumeGib",
               x."publicAddress", x."platformId", x."resourceId", x."resourceKind", x."sizeGib", x."changesFrom",
               x."monthlyPriceYuanE4"
        from json_to_recordset(${JSON.stringify(lines)}::json) as x(
          id uuid, "requestId" uuid, position integer, "planId" uuid, name text, quantity integer, "imageName" text,
          "dataVolumeGib" integer, "publicAddress" boolean, "platformId" uuid, "resourceId" uuid, "resourceKind" text,
          "sizeGib" integer, "changesFrom" jsonb, "monthlyPriceYuanE4" bigint)`,
  )

export const insertPastTracks = (tx: Tx, tracks: readonly TrackRow[]): Promise<number> =>
  run(
    tx,
    sql`insert into request_track (request_id, position, step, state, side, moved_by, remark, started_at, due_at, ended_at)
        select x."requestId", x.position, x.step, x.state, x.side, x."movedBy", x.remark, x."startedAt", x."dueAt",
               x."endedAt"
        from json_to_recordset(${JSON.stringify(tracks)}::json) as x(
          "requestId" uuid, position integer, step text, state text, side text, "movedBy" text, remark text,
          "startedAt" timestamptz, "dueAt" timestamptz, "endedAt" timestamptz)`,
  )
