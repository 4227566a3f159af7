import { saveFile } from '../save-file.ts'
import type { TableColumn } from './columns.ts'

/** In the browser a sheet is made whole in memory: more rows than this are for the API. */
export const exportLimit = 20_000

/** Formulas in what others have typed stay text: cells are written as strings, never as formulas. */
export const saveSheet = async <T>(
  name: string,
  columns: readonly TableColumn<T>[],
  rows: readonly T[],
): Promise<void> => {
  const { default: write } = await import('write-excel-file/universal')
  const head = columns.map((it) => ({ value: it.title, fontWeight: 'bold' as const }))
  const body = rows.map((row) => columns.map((it) => ({ value: it.value(row) ?? '' })))
  const file = await write([head, ...body], {
    columns: columns.map((it) => ({ width: Math.max(10, Math.round(it.width / 7)) })),
    stickyRowsCount: 1,
  }).toBlob()
  saveFile(`${name}.xlsx`, file)
}
