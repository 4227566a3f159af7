import { padEnd, padStart, widthOf } from './width.ts'

export interface Column {
  readonly title: string
  /** Figures stand at the right, so that their digits line up. */
  readonly right?: boolean
}

/** Lines of a table, aligned whatever script its cells are in. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = columns.map(({ title }, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (columns[at]?.right ? padStart(cell, widths[at] ?? 0) : padEnd(cell, widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(columns.map(({ title }) => title)), ...rows.map(line)]
}

/** Lines of one thing: what it is called, what it is. */
export const pairs = (entries: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(0, ...entries.map(([title]) => widthOf(title)))
  return entries.map(([title, value]) => `${padEnd(title, width)}  ${value}`)
}
