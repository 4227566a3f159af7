import { type Static, Type } from 'typebox'
import { OrganisationId, WebhookDeliveryId, WebhookId } from './id.ts'
import { noticeCodes } from './notice.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'

export const Webhook = Type.Object(
  {
    id: WebhookId,
    organisationId: OrganisationId,
    endpoint: Type.String(),
    secret: nullable(Type.String({ description: 'Told once, in the answer that makes it; null ever after' })),
    waitingCount: Type.Integer({ description: 'Deliveries that have not arrived yet' }),
    deliveredAt: nullable(Instant),
    problem: nullable(Type.String({ description: 'Why the newest attempt failed' })),
    createdAt: Instant,
  },
  { $id: 'Webhook' },
)
export type Webhook = Static<typeof Webhook>

export const WebhookDelivery = Type.Object(
  {
    id: WebhookDeliveryId,
    webhookId: WebhookId,
    code: literals(noticeCodes),
    subject: Type.String(),
    state: literals(['waiting', 'delivered', 'given-up']),
    attempts: Type.Integer(),
    problem: nullable(Type.String()),
    createdAt: Instant,
    endedAt: nullable(Instant),
  },
  { $id: 'WebhookDelivery' },
)
export type WebhookDelivery = Static<typeof WebhookDelivery>

const text = Type.Object({ message: Type.String(), next: Type.String() })

/**
 * What is posted. Signed as Standard Webhooks has it: `webhook-signature: v1,<base64 of HMAC-SHA256>` over
 * `<webhook-id>.<webhook-timestamp>.<body>`. Equal `webhook-id`s are one delivery that was repeated.
 */
export const WebhookBody = Type.Object(
  {
    code: literals(noticeCodes),
    at: Instant,
    subject: Type.String({ description: 'Id of what it is about' }),
    organisationId: nullable(OrganisationId),
    parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    texts: Type.Object({ 'zh-CN': text, en: text }),
  },
  { $id: 'WebhookBody' },
)
export type WebhookBody = Static<typeof WebhookBody>

const params = Type.Object({ webhookId: WebhookId })
const columns = ['id', 'organisationId', 'endpoint', 'waitingCount', 'deliveredAt', 'problem']
const deliveryColumns = ['id', 'code', 'subject', 'state', 'attempts', 'problem', 'createdAt']

export const webhookList = operation({
  name: 'webhook.list',
  http: 'GET /webhooks',
  summary: { 'zh-CN': '查看回调地址', en: 'List webhooks' },
  query: Type.Object({ ...Paging, organisationId: Type.Optional(OrganisationId) }),
  answers: { 200: pageOf(Webhook, 'WebhookPage') },
  columns,
})

export const webhookCreate = operation({
  name: 'webhook.create',
  http: 'POST /webhooks',
  summary: { 'zh-CN': '新建回调地址', en: 'Have an organisation’s notices posted to a URL' },
  body: Type.Object({
    organisationId: OrganisationId,
    endpoint: Type.String({ maxLength: 2000, description: 'https, or http to this very machine' }),
  }),
  answers: { 201: Webhook },
  faults: ['not-found', 'webhook-url-refused', 'too-many-webhooks'],
  columns,
})

export const webhookDelete = operation({
  name: 'webhook.delete',
  http: 'DELETE /webhooks/{webhookId}',
  summary: { 'zh-CN': '删除回调地址', en: 'Delete a webhook; what still waits is not posted' },
  params,
  answers: { 204: null },
})

export const webhookTest = operation({
  name: 'webhook.test',
  http: 'POST /webhooks/{webhookId}/test',
  summary: { 'zh-CN': '测试回调地址', en: 'Post a test notice to a webhook' },
  params,
  answers: { 202: WebhookDelivery },
  columns: deliveryColumns,
})

export const webhookDeliveryList = operation({
  name: 'webhook-delivery.list',
  http: 'GET /webhooks/{webhookId}/deliveries',
  summary: { 'zh-CN': '查看回调记录', en: 'List what was posted to a webhook, the newest first' },
  params,
  query: Type.Object({ ...Paging, state: Type.Optional(WebhookDelivery.properties.state) }),
  answers: { 200: pageOf(WebhookDelivery, 'WebhookDeliveryPage') },
  columns: deliveryColumns,
})
