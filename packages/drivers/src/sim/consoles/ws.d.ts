/** What the simulated screens use of `ws`, which brings no types of its own. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events'
  import type { IncomingMessage, Server } from 'node:http'

  export class WebSocket extends EventEmitter {
    static readonly OPEN: 1
    readonly readyState: 0 | 1 | 2 | 3
    send(data: Buffer | string): void
    close(code?: number, reason?: string): void
    terminate(): void
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: {
      readonly server: Server
      readonly maxPayload: number
      readonly closeTimeout: number
      readonly verifyClient: (it: { readonly req: IncomingMessage }) => boolean
    })
    readonly clients: ReadonlySet<WebSocket>
  }
}
