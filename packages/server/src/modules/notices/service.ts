import {
  type BodyOf,
  describeFault,
  describeNotice,
  fromId,
  type Locale,
  type Notice,
  type noticeReadAll,
  type Role,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import type { Mailer } from '../../platform/mail/index.ts'
import type { Poster } from '../../platform/posting/index.ts'
import type { Secrets } from '../../platform/secrets/index.ts'
import { personOf } from './caller.ts'
import { follow } from './follow.ts'
import { createOutbox } from './outbox.ts'
import { getPreference, setPreference } from './preferences.ts'
import * as store from './store.ts'
import { createWebhook, deleteWebhook, listDeliveries, listWebhooks, testWebhook } from './webhooks.ts'

export interface NoticeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  /** Who acts in a role for an organisation. */
  readonly holders: (tx: Tx, role: Role, organisationId: string) => Promise<readonly string[]>
  readonly operatorOf: (tx: Tx, organisationId: string) => Promise<string | null>
  readonly systemName: (tx: Tx, systemId: string) => Promise<string | null>
  readonly organisationsOf: (tx: Tx, personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
  readonly secrets: Pick<Secrets, 'seal' | 'open'>
  /** Null where this installation sends no mail. */
  readonly mailer: Mailer | null
  readonly poster: Poster
}

const keptMs = 365 * 86_400_000
/** A badge that says more than this says the same. */
const countedAtMost = 1_000

const view =
  (locale: Locale) =>
  (row: store.NoticeRow): Notice => ({
    id: toId('notice', row.id),
    code: row.code,
    ...describeNotice(row, locale),
    subject: row.subject,
    fault: row.fault && describeFault(row.fault, locale),
    at: row.at.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  })

export const createNoticeService = (deps: NoticeDeps) => ({
  follow: follow(deps),
  ...createOutbox(deps),
  getPreference: getPreference(deps),
  setPreference: setPreference(deps),
  listWebhooks: listWebhooks(deps),
  createWebhook: createWebhook(deps),
  deleteWebhook: deleteWebhook(deps),
  testWebhook: testWebhook(deps),
  listDeliveries: listDeliveries(deps),

  async list(act: Act, query: { limit?: number; cursor?: string; unread?: boolean }, locale: Locale) {
    const { personId } = personOf(act)
    const page = keyset(query)
    const found = await store.listNotices(deps.database.plain, personId, query.unread ?? null, page)
    const unreadCount = await store.countUnread(deps.database.plain, personId, countedAtMost)
    return { ...toPage(found, page, view(locale)), unreadCount }
  },

  read: (act: Act, id: string, locale: Locale): Promise<Notice | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const { personId, organisationId } = personOf(act)
      const uuid = fromId('notice', id)
      const row = uuid && (await store.markRead(tx, personId, uuid, deps.clock.now()))
      if (!row) return refuse('not-found')
      await deps.record(tx, { on: id, organisationId, after: { readAt: row.readAt } })
      return view(locale)(row)
    }),

  readAll: (act: Act, { upTo }: BodyOf<typeof noticeReadAll>): Promise<{ readCount: number }> =>
    deps.database.transaction(act, async (tx) => {
      const { personId, organisationId } = personOf(act)
      const last = upTo === undefined ? null : fromId('notice', upTo)
      const readCount = await store.markAllRead(tx, personId, last, deps.clock.now())
      await deps.record(tx, { on: toId('person', personId), organisationId, after: { readCount } })
      return { readCount }
    }),

  /** A notice is news, not a record: the audit trail keeps what happened. */
  forgetOld: (): Promise<number> =>
    store.deleteNoticesBefore(deps.database.plain, new Date(deps.clock.now().getTime() - keptMs)),
})

export type NoticeService = ReturnType<typeof createNoticeService>
