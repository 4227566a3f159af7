import { createHmac } from 'node:crypto'
import { describeMail, describeNotice, encodeUuid, toId, type WebhookBody } from '@yiduo/contract'
import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import type { Sent } from '../../platform/mail/index.ts'
import * as store from './outbox-store.ts'
import type { NoticeDeps } from './service.ts'
import { findWebhook } from './webhook-store.ts'
import { secretContext } from './webhooks.ts'

/** What an attempt came to; `gone`: nobody is there to get it any more. */
export type Attempted = Sent | { readonly kind: 'gone' }

export type Leased = store.OutboxRow & { readonly wasSealed: boolean }

const mostNoticesInMail = 500

/** One mail of all that piled up. One that may have arrived before is sent as it was, under the same message id. */
const mail = async (deps: NoticeDeps, it: Leased, personId: string): Promise<Attempted> => {
  const { database, clock, mailer } = deps
  const to = await store.addressee(database.plain, personId)
  if (!to || !mailer) {
    await store.keepInside(database.plain, personId) // no mail is wanted any more: what waited for one stays
    return { kind: 'gone' }
  }
  const notices = await database.unrecorded(async (tx) => {
    if (!it.wasSealed) await store.fillMail(tx, it.id, personId, mostNoticesInMail)
    return store.noticesIn(tx, it.id)
  })
  if (notices.length === 0) return { kind: 'gone' }
  const texts = notices.map((notice) => describeNotice(notice, to.language))
  return mailer.send({
    messageId: `${encodeUuid(it.id)}@${mailer.domain}`,
    to: to.email,
    date: clock.now(),
    ...describeMail(texts, to.language),
  })
}

const bodyOf = ({ code, at, subject, organisationId, parameters }: store.Content): WebhookBody => ({
  code,
  at,
  subject,
  organisationId,
  parameters,
  texts: {
    'zh-CN': describeNotice({ code, parameters }, 'zh-CN'),
    en: describeNotice({ code, parameters }, 'en'),
  },
})

/** Standard Webhooks 1.0.0: the key is what stands behind `whsec_`, in base64. */
const signatureOf = (secret: string, id: string, timestamp: number, body: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

const post = async (deps: NoticeDeps, it: Leased, webhookId: string): Promise<Attempted> => {
  const { database, clock, secrets, poster } = deps
  const webhook = await findWebhook(database.plain, everything, webhookId)
  if (!webhook) return { kind: 'gone' }
  const id = toId('webhookDelivery', it.id)
  const timestamp = Math.floor(clock.now().getTime() / 1_000)
  const body = JSON.stringify(bodyOf(present(it.content, 'content')))
  const signature = signatureOf(secrets.open(webhook.secret, secretContext(webhook.id)), id, timestamp, body)
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }
  const posted = await poster.post(webhook.url, headers, body)
  return posted.kind === 'delivered' ? posted : { kind: 'refused', problem: posted.problem, isFinal: false }
}

export const attempt = (deps: NoticeDeps, it: Leased): Promise<Attempted> =>
  it.personId === null ? post(deps, it, present(it.webhookId, 'webhook')) : mail(deps, it, it.personId)
