import { type Static, Type } from 'typebox'
import { AttachmentId, RequestId } from './id.ts'
import { operation } from './operation.ts'
import { Instant } from './primitive.ts'

/** What may be attached, by the end of its name, and what it is sent as. */
export const attachmentKinds = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ofd: 'application/ofd',
  txt: 'text/plain',
  csv: 'text/csv',
} as const
export type AttachmentKind = keyof typeof attachmentKinds

export const Attachment = Type.Object(
  {
    id: AttachmentId,
    requestId: RequestId,
    name: Type.String(),
    mediaType: Type.String(),
    sizeBytes: Type.Integer(),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    addedBy: Type.String({ description: 'Log-in of who attached it, and alone may remove it' }),
    createdAt: Instant,
  },
  { $id: 'Attachment' },
)
export type Attachment = Static<typeof Attachment>

const params = Type.Object({ attachmentId: AttachmentId })
const ofRequest = Type.Object({ requestId: RequestId })
const columns = ['id', 'name', 'sizeBytes', 'mediaType', 'addedBy', 'createdAt', 'sha256']

export const requestAttach = operation({
  name: 'request.attach',
  http: 'POST /requests/{requestId}/attachments',
  summary: { 'zh-CN': '上传附件', en: 'Attach a file to a request that is not decided' },
  params: ofRequest,
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 400, description: 'Its last part counts' }) }),
  upload: true,
  answers: { 201: Attachment },
  faults: [
    'step-not-allowed',
    'attachment-empty',
    'attachment-too-large',
    'attachments-full',
    'attachment-kind-refused',
    'attachment-cut-off',
  ],
  columns,
})

export const attachmentList = operation({
  name: 'attachment.list',
  http: 'GET /requests/{requestId}/attachments',
  summary: { 'zh-CN': '列出附件', en: 'List what is attached to a request' },
  params: ofRequest,
  answers: { 200: Type.Object({ items: Type.Array(Attachment) }, { $id: 'AttachmentList' }) },
  columns,
})

export const attachmentGet = operation({
  name: 'attachment.get',
  http: 'GET /attachments/{attachmentId}',
  summary: { 'zh-CN': '下载附件', en: 'Fetch an attached file' },
  params,
  answers: { 200: null },
  file: { mediaTypes: [...new Set(Object.values(attachmentKinds))] },
})

export const attachmentRemove = operation({
  name: 'attachment.remove',
  http: 'DELETE /attachments/{attachmentId}',
  summary: { 'zh-CN': '删除附件', en: 'Remove a file that one has attached oneself, before it is decided' },
  params,
  answers: { 204: null },
  faults: ['step-not-allowed', 'attachment-of-another'],
})
