import type { ReactNode } from 'react'
import styles from './plain-table.module.css'

export interface PlainColumn<T> {
  readonly id: string
  readonly title: string
  readonly cell: (row: T) => ReactNode
  readonly align?: 'end'
}

/**
 * A few rows as they are; scrolls within itself where the page is narrow. On a telephone each row stands for itself, a
 * line a column: nothing of it, and nothing that can be done with it, lies beyond the edge.
 */
export const PlainTable = <T,>({
  label,
  columns,
  rows,
  idOf,
}: {
  readonly label: string
  readonly columns: readonly PlainColumn<T>[]
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard (WCAG 2.1.1)
  <section className={styles.scroll} aria-label={label} tabIndex={0}>
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((it) => (
            <th key={it.id} scope="col" data-align={it.align}>
              {it.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={idOf(row)}>
            {columns.map((it) => (
              <td key={it.id} data-align={it.align} data-title={it.title}>
                {it.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
