import type { Board } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import styles from './board.module.css'
import { Panel } from './panel.tsx'

/** The systems that hold the most cores. */
export const Systems = ({ systems }: Pick<Board, 'systems'>) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const most = Math.max(1, ...systems.map((it) => it.vcpus))
  return (
    <Panel title={t('board.largest')} className={styles.grow}>
      {systems.length === 0 ? (
        <p className={styles.empty}>{t('board.largestNone')}</p>
      ) : (
        <ol className={styles.systems}>
          {systems.map((it) => (
            <li key={it.id}>
              <span className={styles.systemName}>{it.name}</span>
              <span className={styles.systemAmount}>{t('board.coresShort', { amount: number(it.vcpus) })}</span>
              <span className={styles.systemOwner}>{it.organisationName}</span>
              <span className={styles.bar} aria-hidden="true">
                <i style={{ width: `${(it.vcpus / most) * 100}%` }} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
