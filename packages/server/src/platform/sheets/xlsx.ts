import { fault } from '@yiduo/contract'
import writeExcelFile, { type Cell as SheetCell } from 'write-excel-file/node'
import { FaultError } from '../../kernel/refusal.ts'
import { type Cell, type ColumnKind, instantText, type Row, type Sheet, yuanOf } from './sheet.ts'

/** The workbook is made in memory, whole. What is longer is for programs, which read CSV. */
const rowLimit = 50_000

const formats: Partial<Record<ColumnKind, string>> = { money: '0.00', price: '0.00##' }

const cellOf = (kind: ColumnKind, cell: Cell): SheetCell => {
  if (cell === null) return null
  if (cell instanceof Date) return { type: String, value: instantText(cell) }
  if (typeof cell === 'string') return { type: String, value: cell } // a string cell is never a formula
  const format = formats[kind]
  return { type: Number, value: format ? yuanOf(cell) : cell, ...(format ? { format } : {}) }
}

const collected = async (rows: Sheet['rows']): Promise<Row[]> => {
  const kept: Row[] = []
  for await (const row of rows) {
    if (kept.length === rowLimit) throw new FaultError(fault('export-too-large', { limit: rowLimit }))
    kept.push(row)
  }
  return kept
}

/** Excel allows a sheet's name 31 characters, and none of these. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/**
 * The table as a workbook of one sheet.
 *
 * @throws FaultError export-too-large
 */
export const xlsxOf = async ({ name, columns, rows }: Sheet): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> => {
  const head = columns.map(({ title }): SheetCell => ({ type: String, value: title, fontWeight: 'bold' }))
  const body = (await collected(rows)).map((row) =>
    columns.map(({ kind }, index): SheetCell => cellOf(kind, row[index] ?? null)),
  )
  const book = writeExcelFile([head, ...body], {
    sheet: sheetName(name),
    stickyRowsCount: 1,
    columns: columns.map(({ kind }) => ({ width: kind === 'text' ? 24 : 16 })),
  })
  return new Blob([new Uint8Array(await book.toBuffer())]).stream()
}
