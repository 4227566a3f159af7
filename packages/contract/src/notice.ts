import { type Static, Type } from 'typebox'
import { NoticeId } from './id.ts'
import { operation } from './operation.ts'
import { FaultView } from './operation-record.ts'
import { Instant, literals, nullable, Paging } from './primitive.ts'

/** What people are told of without asking; the texts lie in `message/`. */
export const noticeCodes = [
  'request-to-decide',
  'decision-overdue',
  'collection-to-decide',
  'collection-returned',
  'collection-rejected',
  'request-returned',
  'request-rejected',
  'request-testing',
  'request-completed',
  'request-delivery-failed',
  'delivery-to-retry',
  'request-ending',
  'test-ending',
  'request-expired',
  'test-expired',
  'grace-begun',
  'request-recycled',
  'recycle-to-retry',
  'request-restored',
  'purge-coming',
  'request-reclaimed',
  'transfer-to-accept',
  'resources-received',
  'password-reset',
  'second-factors-removed',
  'second-factor-added',
  'schedule-failed',
  'reclaim-to-retry',
  'bill-closed',
  'advice-found',
  'advice-assigned',
  'advice-overdue',
  'deliveries-given-up',
  'audit-trail-broken',
  'webhook-test',
  'budget-warning',
  'budget-exceeded',
  'finding-raised',
  'finding-ordered',
  'finding-answered',
  'finding-closed',
  'grant-to-confirm',
  'emergency-access-begun',
] as const
export type NoticeCode = (typeof noticeCodes)[number]

export const Notice = Type.Object(
  {
    id: NoticeId,
    code: literals(noticeCodes),
    message: Type.String(),
    next: Type.String({ description: 'What to do now' }),
    subject: Type.String({ description: 'Id of what it is about' }),
    fault: nullable(FaultView),
    at: Instant,
    readAt: nullable(Instant),
  },
  { $id: 'Notice' },
)
export type Notice = Static<typeof Notice>

const columns = ['id', 'at', 'readAt', 'subject', 'message', 'next']

export const noticeList = operation({
  name: 'notice.list',
  http: 'GET /notices',
  summary: { 'zh-CN': '查看发给本人的通知', en: 'List one’s own notices, the newest first' },
  query: Type.Object({
    ...Paging,
    unread: Type.Optional(Type.Boolean({ description: 'Only those not read yet, or only those read' })),
  }),
  answers: {
    200: Type.Object(
      {
        items: Type.Array(Notice),
        nextCursor: nullable(Type.String()),
        unreadCount: Type.Integer({
          minimum: 0,
          maximum: 1000,
          description: 'Of all; 1000 stands for that many or more',
        }),
      },
      { $id: 'NoticePage' },
    ),
  },
  access: 'self',
  columns,
})

export const noticeRead = operation({
  name: 'notice.read',
  http: 'POST /notices/{noticeId}/read',
  summary: { 'zh-CN': '将通知标为已读', en: 'Mark a notice as read' },
  params: Type.Object({ noticeId: NoticeId }),
  answers: { 200: Notice },
  access: 'self',
  columns,
})

export const noticeReadAll = operation({
  name: 'notice.read-all',
  http: 'POST /notices/read-all',
  summary: { 'zh-CN': '将通知全部标为已读', en: 'Mark all one’s notices as read' },
  body: Type.Object({
    /** The newest one that was seen: what came after it stays unread. */
    upTo: Type.Optional(NoticeId),
  }),
  answers: { 200: Type.Object({ readCount: Type.Integer({ minimum: 0 }) }, { $id: 'NoticesRead' }) },
  access: 'self',
})
