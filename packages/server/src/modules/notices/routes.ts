import {
  noticeList,
  noticePreferenceGet,
  noticePreferenceSet,
  noticeRead,
  noticeReadAll,
  webhookCreate,
  webhookDelete,
  webhookDeliveryList,
  webhookList,
  webhookTest,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { NoticeService } from './service.ts'

export const routeNotices = (bind: Bind, notices: NoticeService): void => {
  bind(noticeList, ({ act, query, locale }) => notices.list(act, query, locale))
  bind(noticeRead, ({ act, params, locale }) => notices.read(act, params.noticeId, locale))
  bind(noticeReadAll, ({ act, body }) => notices.readAll(act, body))
  bind(noticePreferenceGet, ({ act }) => notices.getPreference(act))
  bind(noticePreferenceSet, ({ act, body }) => notices.setPreference(act, body))
  bind(webhookList, ({ act, query }) => notices.listWebhooks(act, query))
  bind(webhookCreate, ({ act, body }) => notices.createWebhook(act, body))
  bind(webhookDelete, ({ act, params }) => notices.deleteWebhook(act, params.webhookId))
  bind(webhookTest, ({ act, params }) => notices.testWebhook(act, params.webhookId))
  bind(webhookDeliveryList, ({ act, params, query }) => notices.listDeliveries(act, params.webhookId, query))
}
