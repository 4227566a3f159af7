import { randomBytes } from 'node:crypto'
import { fromId, toId, type Webhook, type WebhookDelivery } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { keyset, toPage } from '../../platform/database/index.ts'
import type { SealedColumn } from '../../platform/secrets/index.ts'
import * as outbox from './outbox-store.ts'
import type { NoticeDeps } from './service.ts'
import * as store from './webhook-store.ts'

const mostOfOrganisation = 10

/** Bound to the webhook: sealed for one, a secret does not open for another. */
export const secretContext = (webhookId: string): string => `webhook ${webhookId}`

export const sealedWebhookSecrets: SealedColumn = {
  table: 'webhooks',
  column: 'secret',
  id: 'id',
  contextOf: secretContext,
}

const newWebhook: Pick<Webhook, 'waitingCount' | 'deliveredAt' | 'problem'> = {
  waitingCount: 0,
  deliveredAt: null,
  problem: null,
}

const view = (row: store.WebhookRow, summary: outbox.PostSummary | undefined): Webhook => ({
  ...newWebhook,
  id: toId('webhook', row.id),
  organisationId: toId('organisation', row.organisationId),
  endpoint: row.url,
  secret: null,
  createdAt: row.createdAt.toISOString(),
  ...(summary && {
    waitingCount: summary.waitingCount,
    deliveredAt: summary.deliveredAt?.toISOString() ?? null,
    problem: summary.problem,
  }),
})

const viewDelivery = (row: outbox.OutboxRow): WebhookDelivery => {
  const { code, subject } = present(row.content, 'content')
  return {
    id: toId('webhookDelivery', row.id),
    webhookId: toId('webhook', present(row.webhookId, 'webhook')),
    code,
    subject,
    state: row.outcome === 'delivered' ? 'delivered' : row.outcome === null ? 'waiting' : 'given-up',
    attempts: row.attempts,
    problem: row.problem,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

export const listWebhooks =
  ({ database }: NoticeDeps) =>
  async (act: Act, query: { limit?: number; cursor?: string; organisationId?: string }) => {
    const page = keyset(query)
    const organisationId = query.organisationId === undefined ? null : fromId('organisation', query.organisationId)
    const found = await store.listWebhooks(database.plain, act.scope, organisationId, page)
    const summaries = await outbox.summariesOf(
      database.plain,
      found.map((row) => row.id),
    )
    const byId = new Map(summaries.map((it) => [it.webhookId, it]))
    return toPage(found, page, (row) => view(row, byId.get(row.id)))
  }

/**
 * The secret is added to what the commit answers, never part of it: what is kept of the answer for a repeated call does
 * not hold it, so it is told once.
 */
export const createWebhook =
  ({ database, clock, newId, record, reachOrganisation, secrets, poster }: NoticeDeps) =>
  async (act: Act, ask: { organisationId: string; endpoint: string }): Promise<Webhook | Refusal> => {
    const problem = poster.refusalOf(ask.endpoint)
    if (problem !== null) return refuse('webhook-url-refused', { problem })
    const id = newId()
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const made = await database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', ask.organisationId)
      const organisation = uuid && (await reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      if ((await store.countWebhooks(tx, organisation.id)) >= mostOfOrganisation)
        return refuse('too-many-webhooks', { limit: mostOfOrganisation })
      const row: store.WebhookRow = {
        id,
        organisationId: organisation.id,
        url: ask.endpoint,
        secret: secrets.seal(secret, secretContext(id)),
        createdAt: clock.now(),
      }
      await store.insertWebhook(tx, row)
      const webhook = view(row, undefined)
      // Its path may be a secret of the receiver's: the trail names the receiver only.
      const after = { organisationId: webhook.organisationId, origin: new URL(ask.endpoint).origin }
      await record(tx, { on: webhook.id, organisationId: organisation.id, after })
      return webhook
    })
    return isRefusal(made) ? made : { ...made, secret }
  }

export const deleteWebhook =
  ({ database, clock, record }: NoticeDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('webhook', id)
      const row = uuid && (await store.deleteWebhook(tx, act.scope, uuid, clock.now()))
      if (!row) return refuse('not-found')
      await outbox.withdrawPosts(tx, row.id, clock.now())
      await record(tx, { on: id, organisationId: row.organisationId, before: { origin: new URL(row.url).origin } })
      return null
    })

/** Posted like any other, over the outbox: what comes of it is in the list of deliveries. */
export const testWebhook =
  ({ database, clock, newId, record }: NoticeDeps) =>
  (act: Act, id: string): Promise<WebhookDelivery | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('webhook', id)
      const row = uuid && (await store.findWebhook(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const now = clock.now()
      const content: outbox.Content = {
        code: 'webhook-test',
        parameters: { subject: id },
        subject: id,
        organisationId: toId('organisation', row.organisationId),
        at: now.toISOString(),
      }
      const post = { id: newId(), webhookId: row.id, eventPosition: null, content, createdAt: now }
      await outbox.insertPosts(tx, [post])
      const delivery = viewDelivery({
        ...post,
        personId: null,
        attempts: 0,
        endedAt: null,
        outcome: null,
        problem: null,
      })
      await record(tx, { on: id, organisationId: row.organisationId, after: { deliveryId: delivery.id } })
      return delivery
    })

export const listDeliveries =
  ({ database }: NoticeDeps) =>
  async (
    act: Act,
    id: string,
    query: { limit?: number; cursor?: string; state?: WebhookDelivery['state'] },
  ): Promise<{ items: WebhookDelivery[]; nextCursor: string | null } | Refusal> => {
    const page = keyset(query)
    const uuid = fromId('webhook', id)
    const row = uuid && (await store.findWebhook(database.plain, act.scope, uuid))
    if (!row) return refuse('not-found')
    return toPage(await outbox.listPosts(database.plain, row.id, query.state ?? null, page), page, viewDelivery)
  }
