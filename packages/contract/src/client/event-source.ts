/** One message of a `text/event-stream` (html.spec.whatwg.org, 9.2.6). */
export interface StreamedMessage {
  readonly id: string | null
  /** Null where the server only says where the stream is now. */
  readonly data: string | null
  /** How long the server asks to wait before connecting again, if it said so. */
  readonly retryMs: number | null
}

/** Lines of a byte stream; `\n`, `\r` and `\r\n` all end one. A last line without an end is not a line. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += decoder.decode(value, { stream: !done })
      // A trailing `\r` may be the first half of `\r\n`: it waits for what comes next.
      const held = !done && rest.endsWith('\r') ? '\r' : ''
      const lines = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/)
      rest = (lines.pop() ?? '') + held
      yield* lines
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => {}) // already broken: nothing is left to cancel
  }
}

/** Messages in the order they come; comments (heartbeats) are skipped. Ends when the stream does. */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamedMessage> {
  let id: string | null = null
  let toldId: string | null = null
  let retryMs: number | null = null
  let data: string[] = []
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (data.length > 0 || id !== toldId) yield { id, data: data.length > 0 ? data.join('\n') : null, retryMs }
      data = []
      toldId = id
      continue
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value)
  }
}
