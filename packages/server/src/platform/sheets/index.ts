import { type FileContent, type SheetFormat, sheetMediaTypes } from '@yiduo/contract'
import { csvOf } from './csv.ts'
import type { Sheet } from './sheet.ts'
import { xlsxOf } from './xlsx.ts'

export { csvOf } from './csv.ts'
export type { Column, ColumnKind, Row, Sheet } from './sheet.ts'

/** A table as the file that was asked for. */
export const sheetFile = async (sheet: Sheet, format: SheetFormat = 'csv'): Promise<FileContent> => ({
  mediaType: sheetMediaTypes[format],
  name: `${sheet.name}.${format}`,
  content: format === 'csv' ? csvOf(sheet) : await xlsxOf(sheet),
})
