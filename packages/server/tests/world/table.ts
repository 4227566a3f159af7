/** The records of a CSV (RFC 4180), without its byte order mark; a broken one throws. */
export const recordsOf = (text: string): string[][] => {
  if (!text.startsWith('\uFEFF')) throw new Error('no byte order mark')
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end')
  const records: string[][] = [[]]
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y
  field.lastIndex = 1
  while (field.lastIndex < text.length) {
    const at = field.lastIndex
    const [, value = '', end] = field.exec(text) ?? []
    if (end === undefined) throw new Error(`broken at ${at}: ${text.slice(at, at + 80)}`)
    records.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '\r\n' && field.lastIndex < text.length) records.push([])
  }
  return records
}
