import { inflateRawSync } from 'node:zlib'

const centralHeader = 0x02014b50

/** The texts of the entries of a zip archive, by name: enough of APPNOTE.TXT 4.3 to read a workbook. */
const entriesOf = (archive: Buffer): ReadonlyMap<string, string> => {
  const entries = new Map<string, string>()
  for (let at = archive.readUInt32LE(archive.length - 22 + 16); archive.readUInt32LE(at) === centralHeader; ) {
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)]
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const name = archive.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString()
    const local = archive.readUInt32LE(at + 42)
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const data = archive.subarray(begin, begin + packed)
    entries.set(name, (method === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

/** The numbers of a column of the first sheet, from the top. */
export const numbersIn = (archive: Buffer, column: string): number[] => {
  const sheet = entriesOf(archive).get('xl/worksheets/sheet1.xml') ?? ''
  const cells = sheet.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/g)
  return [...cells].flatMap(([, at, attributes, inner]) => {
    const value = /<v>([^<]*)<\/v>/.exec(inner ?? '')?.[1]
    return at === column && value !== undefined && !/t="(s|str|inlineStr)"/.test(attributes ?? '')
      ? [Number(value)]
      : []
  })
}
