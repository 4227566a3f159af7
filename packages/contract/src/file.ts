import { literals } from './primitive.ts'

/** A table to take away: for a spreadsheet, or for any program. */
export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]
export const SheetFormat = literals(sheetFormats, { default: 'csv' })

export const sheetMediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<SheetFormat, string>

/** What an operation is that answers a table: one of these media types, as its query asks. */
export const sheetAnswer = { mediaTypes: Object.values(sheetMediaTypes) } as const

/** A file as it is answered and received: its content is read once, and comes as it is made. */
export interface FileContent {
  readonly mediaType: string
  /** What to call it where it is kept; any script, no path. */
  readonly name: string
  readonly content: ReadableStream<Uint8Array<ArrayBuffer>>
}

/** What a file is sent as: its kind is found out by whoever takes it. */
export const uploadMediaType = 'application/octet-stream'

/** RFC 6266: the name in ASCII for old readers, and as it is. */
export const dispositionOf = (name: string): string => {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** The name in such a header; null where it has none. */
export const nameIn = (disposition: string | null): string | null => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded === undefined) return null
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null // cut off on the way
  }
}
