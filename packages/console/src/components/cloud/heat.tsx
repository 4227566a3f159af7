import type { ReactNode } from 'react'
import { useFormats } from '../../ui/format.ts'
import styles from './heat.module.css'

/** From calm to full in five steps; what the colour says stands in figures beside it. */
const heatOf = (share: number): number =>
  share >= 0.95 ? 5 : share >= 0.85 ? 4 : share >= 0.7 ? 3 : share >= 0.4 ? 2 : 1

/** How full something is by one measure. */
export interface Share {
  readonly label: string
  readonly share: number
}

export interface Heated {
  readonly id: string
  readonly title: ReactNode
  readonly note?: ReactNode
  readonly shares: readonly Share[]
}

/** How full each of many things is, at a glance. */
export const HeatGrid = ({ label, of }: { readonly label: string; readonly of: readonly Heated[] }) => {
  const { percent } = useFormats()
  return (
    <ul className={styles.heat} aria-label={label}>
      {of.map((it) => (
        <li key={it.id}>
          <div className={styles.name}>{it.title}</div>
          <div className={styles.cells}>
            {it.shares.map((one) => (
              <span key={one.label} className={styles.cell} data-heat={heatOf(one.share)}>
                <small>{one.label}</small>
                <strong>{percent(one.share)}</strong>
              </span>
            ))}
          </div>
          {it.note}
        </li>
      ))}
    </ul>
  )
}
