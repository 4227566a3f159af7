import type { ReactNode } from 'react'
import styles from './board.module.css'

/** One part of the board under its heading. */
export const Panel = ({
  title,
  extra,
  className = '',
  children,
}: {
  readonly title: string
  readonly extra?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}) => (
  <section className={`${styles.panel} ${className}`} aria-label={title}>
    <div className={styles.panelHead}>
      <h2>{title}</h2>
      {extra}
    </div>
    {children}
  </section>
)
