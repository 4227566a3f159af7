import {
  inboxList,
  placementExplain,
  placementPreview,
  processPolicyGet,
  processPolicySet,
  requestAccept,
  requestAmendLine,
  requestApprove,
  requestCreate,
  requestDiscard,
  requestDropLine,
  requestEdit,
  requestFailTest,
  requestForward,
  requestGet,
  requestList,
  requestPassTest,
  requestPurge,
  requestPurgeQuote,
  requestQuote,
  requestReclaim,
  requestReject,
  requestRetry,
  requestReturn,
  requestSubmit,
  templateCopy,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import { routeAttachments } from './routes-of-attachments.ts'
import { routeChanges } from './routes-of-changes.ts'
import type { RequestService } from './service.ts'

export const routeRequests = (bind: Bind, requests: RequestService): void => {
  bind(requestQuote, ({ act, body, locale }) => requests.quote(act, body, locale))
  bind(requestCreate, ({ act, body, locale }) => requests.create(act, body, locale))
  bind(requestEdit, ({ act, params, body, revision, locale }) =>
    requests.edit(act, params.requestId, body, revision, locale),
  )
  bind(templateCopy, ({ act, body, locale }) => requests.copyAsTemplate(act, body, locale))
  bind(requestList, ({ act, query, locale }) => requests.list(act, query, locale))
  bind(inboxList, ({ act, query }) => requests.listInbox(act, query))
  bind(requestGet, ({ act, params, locale }) => requests.get(act, params.requestId, locale))
  bind(placementExplain, ({ act, params, locale }) => requests.explainPlacement(act, params.requestId, locale))
  bind(placementPreview, ({ act, body, locale }) => requests.previewPlacement(act, body, locale))
  bind(requestSubmit, ({ act, params, body, locale }) => requests.submit(act, params.requestId, body, locale))
  bind(requestDiscard, ({ act, params, body, locale }) => requests.discard(act, params.requestId, body, locale))
  bind(requestApprove, ({ act, params, body, locale }) => requests.approve(act, params.requestId, body, locale))
  bind(requestAccept, ({ act, params, body, locale }) => requests.accept(act, params.requestId, body, locale))
  bind(requestReturn, ({ act, params, body, locale }) => requests.return(act, params.requestId, body, locale))
  bind(requestReject, ({ act, params, body, locale }) => requests.reject(act, params.requestId, body, locale))
  bind(requestPassTest, ({ act, params, body, locale }) => requests.passTest(act, params.requestId, body, locale))
  bind(requestFailTest, ({ act, params, body, locale }) => requests.failTest(act, params.requestId, body, locale))
  bind(requestRetry, ({ act, params, body, locale }) => requests.retry(act, params.requestId, body, locale))
  bind(requestForward, ({ act, params, body, locale }) => requests.forward(act, params.requestId, body, locale))
  bind(requestDropLine, ({ act, params: { requestId, lineId }, body, locale }) =>
    requests.dropLine(act, requestId, { ...body, lineId }, locale),
  )
  bind(requestAmendLine, ({ act, params: { requestId, lineId }, body, locale }) =>
    requests.amendLine(act, requestId, { ...body, lineId }, locale),
  )
  bind(requestReclaim, ({ act, params, body, locale }) =>
    requests.reclaim(act, params.requestId, body.remark ?? '', locale),
  )
  bind(requestPurge, ({ act, params, body, locale }) => requests.purge(act, params.requestId, body, locale))
  bind(requestPurgeQuote, ({ act, params }) => requests.quotePurge(act, params.requestId))
  bind(processPolicyGet, ({ act, params }) => requests.policy(act, params.organisationId))
  bind(processPolicySet, ({ act, params, body }) => requests.setPolicy(act, params.organisationId, body))
  routeChanges(bind, requests.changes)
  routeAttachments(bind, requests.attachments)
}
