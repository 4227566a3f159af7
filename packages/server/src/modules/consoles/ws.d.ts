/** What the gateway uses of `ws`, which brings no types of its own; `@fastify/websocket` hands out the same. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events'

  export class WebSocket extends EventEmitter {
    static readonly OPEN: 1
    constructor(
      url: string,
      protocols: readonly string[],
      options: {
        readonly followRedirects: boolean
        readonly handshakeTimeout: number
        readonly closeTimeout: number
        readonly maxPayload: number
        readonly perMessageDeflate: boolean
        readonly rejectUnauthorized: boolean
        readonly ca?: string
      },
    )
    readonly readyState: 0 | 1 | 2 | 3
    readonly bufferedAmount: number
    readonly isPaused: boolean
    send(data: Buffer, options: { readonly binary: boolean }, sent: (error?: Error) => void): void
    ping(): void
    pause(): void
    resume(): void
    close(code?: number, reason?: string): void
    terminate(): void
  }
}
