import type { Console } from '@yiduo/driver-api'
import { WebSocket } from 'ws'

/** Of what waits to be sent: so much holds the other side up, so little lets it go on. */
const highWaterBytes = 1_048_576
const lowWaterBytes = 262_144

/** The cloud's WebSocket. It leads where the cloud said and nowhere else: a redirect is refused. */
export const dial = ({ url, subprotocol, trust }: Console): WebSocket =>
  new WebSocket(url, subprotocol === null ? [] : [subprotocol], {
    followRedirects: false,
    handshakeTimeout: 10_000,
    closeTimeout: 2_000,
    maxPayload: 16_777_216, // a whole screen of 4K in one piece is half of it
    perMessageDeflate: false,
    rejectUnauthorized: !trust.insecure,
    ...(trust.caCertificate === null ? {} : { ca: trust.caCertificate }),
  })

/** Passes frames on as they are. A side that reads slowly is waited for: what it has not read is held nowhere. */
export const pass = (from: WebSocket, to: WebSocket, heard: () => void): void => {
  from.on('message', (data: Buffer, binary: boolean) => {
    heard()
    if (to.readyState !== WebSocket.OPEN) return
    to.send(data, { binary }, () => {
      if (from.isPaused && to.bufferedAmount <= lowWaterBytes) from.resume()
    })
    if (to.bufferedAmount > highWaterBytes) from.pause()
  })
}

/** Until it is open. @throws what its handshake ended in. */
export const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed before it was open')))
  })
