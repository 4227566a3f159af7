/** RFC 6143, 7.4: how a client wants its pixels. */
export interface PixelFormat {
  readonly bytes: 1 | 2 | 4
  readonly bigEndian: boolean
  readonly maxima: readonly [red: number, green: number, blue: number]
  readonly shifts: readonly [red: number, green: number, blue: number]
}

export const ownFormat: PixelFormat = { bytes: 4, bigEndian: false, maxima: [255, 255, 255], shifts: [16, 8, 0] }

export const writeFormat = ({ bytes, bigEndian, maxima, shifts }: PixelFormat): Buffer => {
  const out = Buffer.alloc(16)
  out.set([bytes * 8, 24, bigEndian ? 1 : 0, 1])
  for (const [index, maximum] of maxima.entries()) out.writeUInt16BE(maximum, 4 + index * 2)
  out.set(shifts, 10)
  return out
}

/** Null for a colour map, which no browser asks for, and for what is no format. */
export const readFormat = (at: Buffer): PixelFormat | null => {
  const bytes = at.readUInt8(0) / 8
  if (at.readUInt8(3) === 0 || (bytes !== 1 && bytes !== 2 && bytes !== 4)) return null
  const shifts = [at.readUInt8(10), at.readUInt8(11), at.readUInt8(12)] as const
  if (shifts.some((shift) => shift >= bytes * 8)) return null
  return {
    bytes,
    bigEndian: at.readUInt8(2) !== 0,
    maxima: [at.readUInt16BE(4), at.readUInt16BE(6), at.readUInt16BE(8)],
    shifts,
  }
}

/** A colour of 0–255 each as one pixel. */
export const pixelOf = (
  { bytes, bigEndian, maxima, shifts }: PixelFormat,
  colour: readonly [number, number, number],
): Buffer => {
  const part = (index: 0 | 1 | 2) => Math.round((colour[index] * maxima[index]) / 255) * 2 ** shifts[index]
  const value = (part(0) + part(1) + part(2)) % 2 ** (bytes * 8)
  const out = Buffer.alloc(bytes)
  if (bigEndian) out.writeUIntBE(value, 0, bytes)
  else out.writeUIntLE(value, 0, bytes)
  return out
}
