import { faultOfConsoleClose } from '@yiduo/contract'
import { glyphHeight, glyphOf, glyphWidth } from '../../../drivers/src/sim/consoles/font.ts'
import { cell, grid, screen } from '../../../drivers/src/sim/consoles/screen.ts'
import { waitUntil } from './world.ts'

/** A WebSocket as a browser has it, with all that came. */
export interface Connection {
  readonly socket: WebSocket
  readonly received: () => Buffer
  /** Takes so many bytes off the front of what came, once they are there. */
  take(length: number): Promise<Buffer>
  /** Why it was closed: code of the fault in the close event, `normal`, or what else the code says. */
  closed(): Promise<string>
}

export const connectConsole = (url: string, path: string): Connection => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`)
  socket.binaryType = 'arraybuffer'
  let bytes: Buffer = Buffer.alloc(0)
  socket.addEventListener('message', ({ data }) => {
    bytes = Buffer.concat([bytes, Buffer.from(data as ArrayBuffer)]) // as `binaryType` says
  })
  const closing = new Promise<string>((resolve) => {
    socket.addEventListener('close', (event) => {
      const normal = event.code === 1_000 ? 'normal' : String(event.code)
      resolve(faultOfConsoleClose(event)?.code ?? normal)
    })
  })
  return {
    socket,
    received: () => bytes,
    async take(length) {
      await waitUntil(async () => bytes.length >= length)
      const taken = bytes.subarray(0, length)
      bytes = bytes.subarray(length)
      return taken
    },
    closed: () => closing,
  }
}

const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index))
const byPicture = new Map(characters.map((character) => [glyphOf(character).join(), character]))

/** The character of a cell, by its pixels; `□` for what is none. */
const characterAt = (lit: readonly boolean[], column: number, row: number): string => {
  const rows = Array.from({ length: glyphHeight }, (_, y) => {
    let bits = 0
    for (let x = 0; x < glyphWidth; x++) {
      const at = (row * cell.height + (y + 1) * 2) * screen.width + column * cell.width + x * 2
      bits = bits * 2 + (lit[at] ? 1 : 0)
    }
    return bits
  })
  return byPicture.get(rows.join()) ?? '□'
}

/** Speaks RFB 3.8 (RFC 6143) as a viewer, byte by byte, and reads what stands in the picture. */
export const viewConsole = async (connection: Connection) => {
  const { socket, take } = connection
  const send = (...bytes: number[]) => socket.send(Buffer.from(bytes))
  const lit: boolean[] = []
  const version = (await take(12)).toString()
  socket.send(Buffer.from(version))
  const [count = 0] = await take(1)
  const types = [...(await take(count))]
  send(1)
  const result = (await take(4)).readUInt32BE()
  send(1)
  const init = await take(24)
  const title = (await take(init.readUInt32BE(20))).toString()
  const size = [init.readUInt16BE(0), init.readUInt16BE(2)]
  send(2, 0, 0, 1, 0, 0, 0, 0) // SetEncodings: Raw
  const rectangle = async () => {
    const head = await take(12)
    const [x, y, width, height] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at)) as [number, number, number, number] // of four
    const pixels = await take(width * height * 4)
    for (let at = 0; at < width * height; at++)
      lit[(y + Math.floor(at / width)) * screen.width + x + (at % width)] = (pixels[at * 4 + 1] ?? 0) > 0x80
  }
  return {
    handshake: { version, types, result, size },
    title,
    /** Asks for what changed, and waits for it. */
    async refresh(incremental = true) {
      send(
        3,
        incremental ? 1 : 0,
        0,
        0,
        0,
        0,
        screen.width >> 8,
        screen.width & 255,
        screen.height >> 8,
        screen.height & 255,
      )
      const head = await take(4)
      for (let left = head.readUInt16BE(2); left > 0; left--) await rectangle()
    },
    press: (keysym: number) => send(4, 1, 0, 0, 0, 0, keysym >> 8, keysym & 255),
    /** What stands there, a line a row. */
    read: () =>
      Array.from({ length: grid.rows }, (_, row) =>
        Array.from({ length: grid.columns }, (_, column) => characterAt(lit, column, row))
          .join('')
          .trimEnd(),
      ),
  }
}
