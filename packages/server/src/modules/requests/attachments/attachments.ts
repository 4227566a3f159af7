import { type Attachment, type AttachmentKind, attachmentKinds, type FileContent, fromId, toId } from '@yiduo/contract'
import { type Act, everything } from '../../../kernel/act.ts'
import { invariant, present } from '../../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { Upload } from '../../../platform/http/index.ts'
import { lockReached } from '../decide.ts'
import { takesAttachments } from '../model.ts'
import type { RequestDeps } from '../service.ts'
import { findRequest, type RequestRow } from '../store.ts'
import { contentOf, takeIn } from './arrive.ts'
import { kindNamed } from './kind.ts'
import { cleanName } from './name.ts'
import * as store from './store.ts'

/** A list of them is read whole. */
const limitCount = 50
const mib = 1_048_576

/** A server takes no longer to receive a request than a minute: what began before is not coming any more. */
const abandonedMs = 600_000

const view = (row: store.AttachmentRow): Attachment => ({
  id: toId('attachment', row.id),
  requestId: toId('request', row.requestId),
  name: row.name,
  mediaType: row.mediaType,
  sizeBytes: row.sizeBytes,
  sha256: row.sha256.toString('hex'),
  addedBy: row.login,
  createdAt: row.createdAt.toISOString(),
})

const callerOf = (act: Act): string => {
  invariant(act.caller.kind === 'person', 'a person attaches')
  return act.caller.personId
}

/** The request, where files may come to it and go from it. */
const open = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  requestId: string,
  event: 'attach' | 'remove',
): Promise<RequestRow | Refusal> => {
  const row = await lockReached(deps, tx, act, requestId)
  if (!row) return refuse('not-found')
  return takesAttachments(row.state) ? row : refuse('step-not-allowed', { event, state: row.state })
}

interface Announced {
  readonly id: string
  readonly kind: AttachmentKind
}

/** Makes room for a file before it comes: nothing of one that there is no room for is stored. */
const announce = (
  deps: RequestDeps,
  act: Act,
  requestId: string,
  { name, upload }: { name: string; upload: Upload | null },
): Promise<{ announced: Announced; upload: Upload } | Refusal> =>
  deps.database.unrecorded(async (tx) => {
    const row = await open(deps, tx, act, requestId, 'attach')
    if (isRefusal(row)) return row
    const { fileMib, requestMib } = deps.attachmentLimits
    if (!upload) return refuse('attachment-empty')
    if (upload.sizeBytes > fileMib * mib) return refuse('attachment-too-large', { limitMib: fileMib })
    const kind = kindNamed(name)
    if (!kind) return refuse('attachment-kind-refused', { name, kinds: Object.keys(attachmentKinds).join(' ') })
    const now = deps.clock.now()
    await store.removeAbandoned(tx, new Date(now.getTime() - abandonedMs))
    const held = await store.heldBy(tx, row.id)
    if (held.count >= limitCount || held.sizeBytes + upload.sizeBytes > requestMib * mib)
      return refuse('attachments-full', { limitCount, limitMib: requestMib })
    const id = deps.newId()
    await store.insertArriving(tx, {
      id,
      requestId: row.id,
      name,
      mediaType: attachmentKinds[kind],
      sizeBytes: upload.sizeBytes,
      addedBy: callerOf(act),
      createdAt: now,
    })
    return { announced: { id, kind }, upload }
  })

/** It has come: from now on it is seen, if the request may still have it. */
const keep = (
  deps: RequestDeps,
  act: Act,
  requestId: string,
  { id, sha256 }: { id: string; sha256: Buffer },
): Promise<Attachment | Refusal> =>
  deps.database.transaction(act, async (tx) => {
    const row = await open(deps, tx, act, requestId, 'attach')
    if (isRefusal(row)) return row
    if ((await store.markArrived(tx, id, sha256)) === 0) return refuse('attachment-cut-off')
    const made = view(present(await store.findAttachment(tx, id), 'attachment'))
    await deps.record(tx, { on: requestId, organisationId: row.organisationId, after: made })
    return made
  })

const attach =
  (deps: RequestDeps) =>
  async (
    act: Act,
    requestId: string,
    given: { name: string; upload: Upload | null },
  ): Promise<Attachment | Refusal> => {
    const name = cleanName(given.name)
    const ready = await announce(deps, act, requestId, { ...given, name })
    if (isRefusal(ready)) return ready
    const { id, kind } = ready.announced
    let answer: Attachment | Refusal | null = null
    try {
      const sha256 = await takeIn(deps.database.plain, id, kind, ready.upload)
      answer = isRefusal(sha256)
        ? refuse(sha256.refused.code, { name, kinds: Object.keys(attachmentKinds).join(' ') })
        : await keep(deps, act, requestId, { id, sha256 })
      return answer
    } finally {
      // Where even this fails, what was stored is removed as abandoned.
      if (!answer || isRefusal(answer)) await store.removeArriving(deps.database.plain, id).catch(() => 0)
    }
  }

const remove =
  (deps: RequestDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('attachment', id)
      const it = uuid && (await store.findAttachment(tx, uuid))
      if (!it) return refuse('not-found')
      const row = await open(deps, tx, act, toId('request', it.requestId), 'remove')
      if (isRefusal(row)) return row
      if (it.addedBy !== callerOf(act)) return refuse('attachment-of-another', { login: it.login })
      await store.removeAttachment(tx, it.id)
      const on = toId('request', row.id)
      await deps.record(tx, { on, organisationId: row.organisationId, before: view(it), after: null })
      return null
    })

/** Whether the act sees the request: it reaches it, or has decided or is to decide on it. */
const sees = async (deps: RequestDeps, act: Act, requestId: string): Promise<boolean> => {
  const { plain } = deps.database
  if (await findRequest(plain, act.scope, requestId)) return true
  return (await deps.approvals.concerns(plain, act, requestId))
    ? (await findRequest(plain, everything, requestId)) !== null
    : false
}

export const attachments = (deps: RequestDeps) => ({
  attach: attach(deps),
  remove: remove(deps),

  async list(act: Act, requestId: string): Promise<{ items: Attachment[] } | Refusal> {
    const uuid = fromId('request', requestId)
    if (!uuid || !(await sees(deps, act, uuid))) return refuse('not-found')
    return { items: (await store.listAttachments(deps.database.plain, uuid)).map(view) }
  },

  async get(act: Act, id: string): Promise<FileContent | Refusal> {
    const uuid = fromId('attachment', id)
    const it = uuid && (await store.findAttachment(deps.database.plain, uuid))
    if (!it || !(await sees(deps, act, it.requestId))) return refuse('not-found')
    return { mediaType: it.mediaType, name: it.name, content: contentOf(deps.database.plain, it) }
  },
})
