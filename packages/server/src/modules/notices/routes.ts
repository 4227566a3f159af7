import { noticeList, noticeRead, noticeReadAll } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { NoticeService } from './service.ts'

export const routeNotices = (bind: Bind, notices: NoticeService): void => {
  bind(noticeList, ({ act, query, locale }) => notices.list(act, query, locale))
  bind(noticeRead, ({ act, params, locale }) => notices.read(act, params.noticeId, locale))
  bind(noticeReadAll, ({ act, body }) => notices.readAll(act, body))
}
