import { createHash } from 'node:crypto'
import type { AttachmentKind } from '@yiduo/contract'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { Upload } from '../../../platform/http/index.ts'
import { isOfKind, isTextual, lookedAtBytes } from './kind.ts'
import * as store from './store.ts'

/** So much is held in memory of a file that comes, and of one that goes. */
const chunkBytes = 262_144

/** What came, in pieces of one length but for the last. */
async function* piecesOf(content: Upload['content']): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const part of content) {
    held.push(part)
    bytes += part.length
    if (bytes < chunkBytes) continue
    const whole = Buffer.concat(held)
    let at = 0
    for (; whole.length - at >= chunkBytes; at += chunkBytes) yield whole.subarray(at, at + chunkBytes)
    held = [whole.subarray(at)]
    bytes = whole.length - at
  }
  if (bytes > 0) yield Buffer.concat(held)
}

/**
 * Stores a file as it comes, piece by piece and outside of any transaction: whoever sends slowly holds no connection.
 * Answers its SHA-256; a refusal where it is not what its name says, or not as long as was said.
 */
export const takeIn = async (
  plain: Tx,
  id: string,
  kind: AttachmentKind,
  { content, sizeBytes }: Upload,
): Promise<Buffer | Refusal> => {
  const hash = createHash('sha256')
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  let isText = true
  let position = 0
  let came = 0
  for await (const piece of piecesOf(content)) {
    hash.update(piece)
    if (position === 0) head = piece
    tail = Buffer.concat([tail, piece]).subarray(-lookedAtBytes)
    isText &&= isTextual(piece)
    came += piece.length
    await store.insertChunk(plain, id, position++, piece)
  }
  if (came !== sizeBytes) return refuse('attachment-cut-off')
  return isOfKind(kind, { head, tail, isText }) ? hash.digest() : refuse('attachment-kind-refused')
}

/** The content of a file, read as fast as it is taken. */
export const contentOf = (
  plain: Tx,
  { id, sizeBytes }: store.AttachmentRow,
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let position = 0
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      const chunk = await store.findChunk(plain, id, position++)
      // Removed while it was read: what came is no file, and its reader has to be told.
      if (!chunk) return controller.error(new Error(`attachment ${id} ends at ${sent} of ${sizeBytes} bytes`))
      sent += chunk.content.length
      controller.enqueue(new Uint8Array(chunk.content))
      if (sent >= sizeBytes) controller.close()
    },
  })
}
