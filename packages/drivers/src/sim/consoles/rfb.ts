import { ownFormat, type PixelFormat, pixelOf, readFormat, writeFormat } from './pixel-format.ts'
import { cell, grid, pixelsOf, screen } from './screen.ts'

/** One viewer of a screen, as RFB 3.8 (RFC 6143) has it: no security type but None, no encoding but Raw. */
export interface RfbSession {
  /** Bytes that came. @throws RangeError on what is no RFB, or none that is spoken here. */
  take(bytes: Buffer): void
  /** What the screen shows from now on. */
  show(lines: readonly string[]): void
}

interface Ends {
  /** Title of the viewer's window. */
  readonly title: string
  readonly send: (bytes: Buffer) => void
  readonly typed: (key: string) => void
}

const version = 'RFB 003.008\n'
const colours = { paper: [16, 20, 24], ink: [198, 224, 208] } as const
/** RFC 6143, 7.5.6: a viewer's clipboard; nothing else is as long. */
const longestMessage = 1_048_576

const uint16 = (...values: readonly number[]): Buffer => {
  const out = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) out.writeUInt16BE(value, index * 2)
  return out
}

const uint32 = (value: number): Buffer => {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

/** X11 keysyms: Latin-1 is itself, Return and Enter, BackSpace. */
const keyOf = (keysym: number): string | null => {
  if (keysym >= 0x20 && keysym < 0x7f) return String.fromCharCode(keysym)
  if (keysym === 0xff0d || keysym === 0xff8d) return '\n'
  return keysym === 0xff08 ? '\b' : null
}

/** A message of the viewer's: its length, known from so many of its first bytes. */
const lengths: Readonly<Record<number, { readonly head: number; readonly of: (head: Buffer) => number }>> = {
  0: { head: 20, of: () => 20 }, // SetPixelFormat
  2: { head: 4, of: (head) => 4 + head.readUInt16BE(2) * 4 }, // SetEncodings
  3: { head: 10, of: () => 10 }, // FramebufferUpdateRequest
  4: { head: 8, of: () => 8 }, // KeyEvent
  5: { head: 6, of: () => 6 }, // PointerEvent
  6: { head: 8, of: (head) => 8 + head.readUInt32BE(4) }, // ClientCutText
}

/** The rows of the grid as the viewer has them, and as they are. */
const createPicture = () => {
  let format: PixelFormat = ownFormat
  let lines: readonly string[] = []
  const sent = new Array<string | null>(grid.rows).fill(null)
  const line = (row: number): string => lines[row] ?? ''
  const rectangle = (row: number): Buffer => {
    const [ink, paper] = [pixelOf(format, colours.ink), pixelOf(format, colours.paper)]
    const pixels = pixelsOf(line(row)).map((lit) => (lit ? ink : paper))
    return Buffer.concat([uint16(0, row * cell.height, screen.width, cell.height), uint32(0), ...pixels])
  }
  return {
    draw: (it: readonly string[]) => {
      lines = it
    },
    setFormat: (it: PixelFormat) => {
      format = it
      sent.fill(null)
    },
    forget: () => sent.fill(null),
    /** FramebufferUpdate of what differs; null where nothing does. */
    update(): Buffer | null {
      const rows = [...sent.keys()].filter((row) => sent[row] !== line(row))
      if (rows.length === 0) return null
      for (const row of rows) sent[row] = line(row)
      return Buffer.concat([Buffer.from([0, 0]), uint16(rows.length), ...rows.map(rectangle)])
    },
  }
}

export const createRfb = ({ title, send, typed }: Ends): RfbSession => {
  const picture = createPicture()
  let asked = false
  let rest = Buffer.alloc(0)

  const answer = (): void => {
    const update = asked ? picture.update() : null
    if (update === null) return
    asked = false
    send(update)
  }
  const hear = (message: Buffer): void => {
    const kind = message.readUInt8(0)
    if (kind === 0) {
      const format = readFormat(message.subarray(4))
      if (format === null) throw new RangeError('a pixel format that is not spoken here')
      picture.setFormat(format)
    }
    if (kind === 3) {
      asked = true
      if (message.readUInt8(1) === 0) picture.forget()
      answer()
    }
    const key = kind === 4 && message.readUInt8(1) === 1 ? keyOf(message.readUInt32BE(4)) : null
    if (key !== null) typed(key)
  }
  /** Steps of the handshake, then messages: how many bytes are awaited, and what they bring about. */
  const steps: { readonly length: number; readonly heard: (bytes: Buffer) => void }[] = [
    { length: 12, heard: () => send(Buffer.from([1, 1])) }, // its version; ours offers one security type: None
    { length: 1, heard: () => send(uint32(0)) },
    {
      length: 1,
      heard: () => {
        const name = Buffer.from(title)
        const size = uint16(screen.width, screen.height)
        send(Buffer.concat([size, writeFormat(ownFormat), uint32(name.length), name]))
      },
    },
  ]
  const due = (): number => {
    const [step] = steps
    if (step) return step.length
    const spec = rest.length === 0 ? null : lengths[rest.readUInt8(0)]
    if (spec === undefined) throw new RangeError('a message that no viewer sends')
    const length = spec === null || rest.length < spec.head ? (spec?.head ?? 1) : spec.of(rest)
    if (length > longestMessage) throw new RangeError('a message too long')
    return length
  }

  send(Buffer.from(version))
  return {
    take(bytes) {
      rest = Buffer.concat([rest, bytes])
      for (let length = due(); rest.length >= length; length = due()) {
        const message = rest.subarray(0, length)
        rest = rest.subarray(length)
        const step = steps.shift()
        if (step) step.heard(message)
        else hear(message)
      }
    },
    show(lines) {
      picture.draw(lines)
      answer()
    },
  }
}
