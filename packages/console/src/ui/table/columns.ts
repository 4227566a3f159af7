import type { ReactNode } from 'react'

/** One column of a list: how it looks, what it says in a sheet, and how wide it wants to be. */
export interface TableColumn<T> {
  readonly id: string
  readonly title: string
  /** Smallest width in pixels; what is left over is shared by `grow`. */
  readonly width: number
  readonly grow?: number
  readonly cell: (row: T) => ReactNode
  /** In exported sheets; figures stay figures. */
  readonly value: (row: T) => string | number | null
  /** Not shown until it is asked for. */
  readonly hidden?: true
  readonly align?: 'end'
}

/** As the style sheet of the table has them, in pixels. */
const gap = 12
const inset = 14

export const templateOf = (columns: readonly Pick<TableColumn<never>, 'width' | 'grow'>[], selects: boolean): string =>
  [
    ...(selects ? ['40px'] : []),
    ...columns.map((it) => (it.grow ? `minmax(${it.width}px, ${it.grow}fr)` : `${it.width}px`)),
  ].join(' ')

export const widthOf = (columns: readonly Pick<TableColumn<never>, 'width'>[], selects: boolean): number =>
  columns.reduce((sum, it) => sum + it.width + gap, selects ? 40 + gap : 0) + 2 * inset
