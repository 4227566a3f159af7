import type { Board } from '@yiduo/contract'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import styles from './board.module.css'

/** The eight steps as one line: what is under way in each, and what of it is late. */
export const Steps = ({ steps }: Pick<Board, 'steps'>) => {
  const { t } = useTranslation()
  const word = useWord()
  const { number } = useFormats()
  const most = Math.max(1, ...steps.map((it) => it.count))
  return (
    <section className={styles.steps} aria-label={t('board.underWay')}>
      <h2>{t('board.underWay')}</h2>
      <ol>
        {steps.map(({ step, count, overdue }) => (
          <li key={step} data-late={overdue > 0} data-none={count === 0}>
            <span className={styles.stepName}>{word('step', step)}</span>
            <strong>{number(count)}</strong>
            <span className={styles.stepNote}>
              {overdue > 0
                ? t('board.overdue', { count: overdue })
                : t(count === 0 ? 'board.stepNone' : 'board.onTime')}
            </span>
            <span className={styles.stepBar} aria-hidden="true">
              <i style={{ width: `${((count - overdue) / most) * 100}%` }} />
              <i data-late style={{ width: `${(overdue / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
