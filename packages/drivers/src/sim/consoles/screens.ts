import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { ConsoleProtocol } from '@yiduo/driver-api'
import { WebSocket, WebSocketServer } from 'ws'
import { createRfb } from './rfb.ts'
import { linesOf, type Seen, typing } from './screen.ts'
import { echoOf, greetingOf } from './terminal.ts'
import { nothingTyped, type } from './typed.ts'

/** What may be looked at by whoever has the token. */
export interface Sight {
  readonly protocol: ConsoleProtocol
  readonly until: Date
  /** Null once the server runs no more. */
  readonly look: () => Promise<Seen | null>
}

/** Screens of simulated servers, on a port of this machine that nobody else reaches. */
export interface Screens extends AsyncDisposable {
  /** Where the sight is seen, by a token of its own; it is good until it ends. */
  admit(sight: Sight): Promise<string>
}

const refreshMs = 1_000
/** Of whatever is asked for: what is no address must not end the program. */
const tokenOf = (url: string | undefined): string =>
  URL.parse(url ?? '/', 'ws://127.0.0.1')?.searchParams.get('token') ?? ''

export const createScreens = (now: () => Date): Screens => {
  const sights = new Map<string, Sight>()
  const sightOf = (url: string | undefined): Sight | null => {
    const sight = sights.get(tokenOf(url))
    return sight && sight.until > now() ? sight : null
  }
  let running: Promise<{ http: Server; sockets: WebSocketServer; port: number }> | null = null

  const start = async () => {
    const http = createServer((_request, response) => response.writeHead(426).end())
    http.unref() // who waits for nothing but screens has ended
    const sockets = new WebSocketServer({
      server: http,
      maxPayload: 2_097_152,
      closeTimeout: 1_000,
      verifyClient: ({ req }) => sightOf(req.url) !== null,
    })
    sockets.on('connection', (socket: WebSocket, { url }: { url?: string }) => {
      const sight = sightOf(url)
      if (sight) void serve(socket, sight)
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('the screens listen at no port')
    return { http, sockets, port: address.port }
  }

  return {
    async admit(sight) {
      for (const [token, { until }] of sights) if (until <= now()) sights.delete(token)
      running ??= start()
      const { port } = await running
      const token = randomBytes(24).toString('base64url')
      sights.set(token, sight)
      return `ws://127.0.0.1:${port}/?token=${token}`
    },
    async [Symbol.asyncDispose]() {
      if (running === null) return
      const { http, sockets } = await running
      for (const socket of sockets.clients) socket.terminate()
      http.close()
    },
  }
}

/** Until the viewer goes, or the server stops: then the line is cut, as a cloud's own is. */
const serve = async (socket: WebSocket, { look, protocol }: Sight): Promise<void> => {
  socket.on('error', () => socket.terminate())
  const seen = await look().catch(() => null)
  if (seen === null) return socket.close(1001)
  // Who has gone meanwhile says so no more: looking on for nobody would never end.
  if (socket.readyState !== WebSocket.OPEN) return
  const viewer = protocol === 'vnc' ? viewScreen(socket, seen) : viewLine(socket, seen)
  const timer = setInterval(() => {
    look()
      .catch(() => null)
      .then((next) => (next === null ? socket.close(1001) : viewer.refresh(next)))
  }, refreshMs)
  socket.on('close', () => clearInterval(timer))
}

const sending = (socket: WebSocket) => (bytes: Buffer | string) => {
  if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
}

const viewScreen = (socket: WebSocket, first: Seen) => {
  let [seen, typed] = [first, nothingTyped]
  const session = createRfb({
    title: first.name,
    send: sending(socket),
    typed: (key) => {
      typed = type(typed, key, typing)
      session.show(linesOf(seen, typed))
    },
  })
  session.show(linesOf(seen, typed))
  socket.on('message', (bytes: Buffer) => {
    try {
      session.take(bytes)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      socket.close(1002, error.message)
    }
  })
  return {
    refresh: (next: Seen) => {
      seen = next
      session.show(linesOf(seen, typed))
    },
  }
}

const viewLine = (socket: WebSocket, seen: Seen) => {
  const send = sending(socket)
  send(Buffer.from(greetingOf(seen)))
  socket.on('message', (bytes: Buffer) => send(echoOf(bytes)))
  return { refresh: () => undefined }
}
