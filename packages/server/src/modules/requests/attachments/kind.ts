import { type AttachmentKind, attachmentKinds } from '@yiduo/contract'

/** What is looked at of a file: its beginning, its end, and whether all of it is text. */
export interface Looks {
  readonly head: Buffer
  readonly tail: Buffer
  readonly isText: boolean
}

/** So much of both ends: a zip's directory stands at its end, and that of a long document is long. */
export const lookedAtBytes = 262_144

const begins = (...magics: readonly string[]) => {
  const bytes = magics.map((it) => Buffer.from(it, 'latin1'))
  return ({ head }: Looks): boolean => bytes.some((it) => head.subarray(0, it.length).equals(it))
}

const zipEntry = Buffer.from('PK\x01\x02', 'latin1')

/** Names in the central directory of a zip (APPNOTE 6.3, §4.3.12), as far as the end of the file holds it. */
const namesInZip = ({ tail }: Looks): string[] => {
  const names: string[] = []
  let at = tail.indexOf(zipEntry)
  while (at >= 0 && at + 46 <= tail.length) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => tail.readUInt16LE(at + offset))
    names.push(tail.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)))
    at = tail.indexOf(zipEntry, at + 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0))
  }
  return names
}

const isZip = begins('PK\x03\x04')
const isOffice =
  (folder: string) =>
  (it: Looks): boolean =>
    isZip(it) && namesInZip(it).some((name) => name.startsWith(folder))

const jpeg = begins('\xff\xd8\xff')
const tiff = begins('II*\0', 'MM\0*')
const compound = begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
const isText = (it: Looks): boolean => it.isText

/** What each kind is known by: the magic numbers of its format. */
const fits: Readonly<Record<AttachmentKind, (it: Looks) => boolean>> = {
  pdf: begins('%PDF-'),
  png: begins('\x89PNG\r\n\x1a\n'),
  jpg: jpeg,
  jpeg,
  gif: begins('GIF87a', 'GIF89a'),
  webp: (it) => begins('RIFF')(it) && it.head.toString('latin1', 8, 12) === 'WEBP',
  tif: tiff,
  tiff,
  doc: compound,
  xls: compound,
  ppt: compound,
  docx: isOffice('word/'),
  xlsx: isOffice('xl/'),
  pptx: isOffice('ppt/'),
  ofd: (it) => isZip(it) && namesInZip(it).includes('OFD.xml'), // GB/T 33190
  txt: isText,
  csv: isText,
}

const isKind = (text: string): text is AttachmentKind => Object.hasOwn(attachmentKinds, text)

/** The kind that a name says at its end; null for none that can be attached. */
export const kindNamed = (name: string): AttachmentKind | null => {
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return name.includes('.') && isKind(end) ? end : null
}

/** Whether a file is what its name says: what is served later under that name is at least of that kind. */
export const isOfKind = (kind: AttachmentKind, looks: Looks): boolean => fits[kind](looks)

/** In any encoding: what no text has are control characters other than tab, line's end and page's end. */
export const isTextual = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d)
