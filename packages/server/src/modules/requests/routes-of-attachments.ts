import { attachmentGet, attachmentList, attachmentRemove, requestAttach } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { RequestService } from './service.ts'

export const routeAttachments = (bind: Bind, attachments: RequestService['attachments']): void => {
  bind(requestAttach, ({ act, params, query, upload }) =>
    attachments.attach(act, params.requestId, { name: query.name, upload }),
  )
  bind(attachmentList, ({ act, params }) => attachments.list(act, params.requestId))
  bind(attachmentGet, ({ act, params }) => attachments.get(act, params.attachmentId))
  bind(attachmentRemove, ({ act, params }) => attachments.remove(act, params.attachmentId))
}
