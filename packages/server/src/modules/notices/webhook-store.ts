import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  listVisible,
  maybeRow,
  oneRow,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface WebhookRow {
  readonly id: string
  readonly organisationId: string
  readonly url: string
  readonly secret: string
  readonly createdAt: Date
}

const columns = sql`id, organisation_id, url, secret, created_at`

export const insertWebhook = (tx: Tx, it: WebhookRow): Promise<void> =>
  write(
    tx,
    sql`insert into webhooks (${columns}) values (${it.id}, ${it.organisationId}, ${it.url}, ${it.secret}, ${it.createdAt})`,
  )

export const listWebhooks = (
  tx: Tx,
  scope: Scope,
  organisationId: string | null,
  page: Keyset,
): Promise<WebhookRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'webhooks',
      columns,
      owner: 'organisation_id',
      filters: sql`and deleted_at is null ${when(organisationId, sql`and organisation_id = ${organisationId}`)}`,
    },
    page,
  )

export const findWebhook = (tx: Tx, scope: Scope, id: string): Promise<WebhookRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from webhooks
        where id = ${id} and deleted_at is null and ${visible(scope, 'organisation_id')}`,
  )

/** Whichever they are, deleted ones too. */
export const webhooksById = (tx: Tx, ids: readonly string[]): Promise<WebhookRow[]> =>
  rows(tx, sql`select ${columns} from webhooks where id = any(${[...ids]}::uuid[])`)

export const countWebhooks = async (tx: Tx, organisationId: string): Promise<number> => {
  // Two who make one at once: the second waits for the first, and counts it.
  await run(tx, sql`select from organisations where id = ${organisationId} for no key update`)
  const { made } = await oneRow<{ made: number }>(
    tx,
    sql`select count(*) as made from webhooks where organisation_id = ${organisationId} and deleted_at is null`,
  )
  return made
}

export const webhooksOf = (tx: Tx, organisationId: string): Promise<WebhookRow[]> =>
  rows(
    tx,
    sql`select ${columns} from webhooks where organisation_id = ${organisationId} and deleted_at is null order by id`,
  )

export const deleteWebhook = (tx: Tx, scope: Scope, id: string, now: Date): Promise<WebhookRow | null> =>
  maybeRow(
    tx,
    sql`update webhooks set deleted_at = ${now}
        where id = ${id} and deleted_at is null and ${visible(scope, 'organisation_id')} returning ${columns}`,
  )
