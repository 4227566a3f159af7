import { buffer } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'
import type { Download } from 'playwright-core'

const centralHeader = 0x02014b50

/** The texts of the entries of a workbook that was downloaded, by name: enough of APPNOTE.TXT 4.3 to read one. */
export const entriesOf = async (download: Download): Promise<ReadonlyMap<string, string>> => {
  const archive = await buffer(await download.createReadStream())
  const entries = new Map<string, string>()
  for (let at = archive.readUInt32LE(archive.length - 22 + 16); archive.readUInt32LE(at) === centralHeader; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const local = archive.readUInt32LE(at + 42)
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const data = archive.subarray(begin, begin + archive.readUInt32LE(at + 20))
    const name = archive.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString()
    entries.set(name, (archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}
