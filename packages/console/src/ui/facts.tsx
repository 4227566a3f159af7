import type { ReactNode } from 'react'
import styles from './facts.module.css'

interface Fact {
  readonly label: string
  readonly value: ReactNode
}

/** What is known of a thing, as names and values; as many beside each other as there is room for. */
export const Facts = ({ of }: { readonly of: readonly (Fact | false | null | undefined)[] }) => (
  <dl className={styles.facts}>
    {of
      .filter((it) => it !== false && it !== null && it !== undefined)
      .map((it) => (
        <div key={it.label}>
          <dt>{it.label}</dt>
          <dd>{it.value}</dd>
        </div>
      ))}
  </dl>
)
