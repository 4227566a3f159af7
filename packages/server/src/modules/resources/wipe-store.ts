import type { ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, type Tx, when, write } from '../../platform/database/index.ts'
import type { Desired } from './model.ts'

/** Something that was deleted on a cloud and then seen to be absent there. */
export interface WipeRow {
  readonly id: string
  readonly resourceId: string
  readonly resourceKind: ResourceKind
  readonly resourceName: string
  readonly size: Desired
  readonly organisationId: string
  readonly systemId: string
  readonly platformId: string
  readonly externalId: string
  readonly method: string
  readonly operationId: string
  readonly wipedBy: string
  readonly wipedAt: Date
  readonly evidence: { readonly asked: string; readonly answered: string; readonly at: string }
}

export const insertWipeRecords = (tx: Tx, wiped: readonly WipeRow[]): Promise<void> =>
  write(
    tx,
    sql`insert into wipe_records (id, resource_id, resource_kind, resource_name, size, organisation_id, system_id,
                                  platform_id, external_id, method, operation_id, wiped_by, wiped_at, evidence)
        select x.id, x."resourceId", x."resourceKind", x."resourceName", x.size, x."organisationId", x."systemId",
               x."platformId", x."externalId", x.method, x."operationId", x."wipedBy", x."wipedAt", x.evidence
        from jsonb_to_recordset(${JSON.stringify(wiped)}::jsonb) as x(
          id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, size jsonb, "organisationId" uuid,
          "systemId" uuid, "platformId" uuid, "externalId" text, method text, "operationId" uuid, "wipedBy" text,
          "wipedAt" timestamptz, evidence jsonb)`,
  )

export const listWiped = (
  tx: Tx,
  scope: Scope,
  filter: { readonly systemId: string | null; readonly platformId: string | null },
  page: Keyset,
): Promise<WipeRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'wipe_records',
      columns: sql`*`,
      owner: 'organisation_id',
      filters: sql`${when(filter.systemId, sql`and system_id = ${filter.systemId}`)}
        ${when(filter.platformId, sql`and platform_id = ${filter.platformId}`)}`,
    },
    page,
  )
