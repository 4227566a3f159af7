/** What a column holds: it decides how a cell is written, never the cell itself. */
export type ColumnKind = 'text' | 'integer' | 'money' | 'price' | 'instant'

export interface Column {
  readonly title: string
  readonly kind: ColumnKind
}

/** Money and prices are 1/10000 yuan, as everywhere inside. */
export type Cell = string | number | Date | null
export type Row = readonly Cell[]

/** A table to be taken away; its rows are read once, as they are written. */
export interface Sheet {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<Row> | Iterable<Row>
}

const shanghaiOffsetMs = 8 * 3_600_000

/** Business time: `2026-11-22 14:05:09` in Asia/Shanghai. */
export const instantText = (at: Date): string =>
  new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 19).replace('T', ' ')

/** Bills hold whole fen, and a division of an integer by 100 prints as it is: nothing is lost on the way. */
export const yuanOf = (yuanE4: number): number => yuanE4 / 10_000
