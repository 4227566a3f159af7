import type { Board } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import styles from './board.module.css'
import { Panel } from './panel.tsx'

type Month = Board['months'][number]

/** As many providers have a colour of their own; the others share one with what no statement tells of. */
const shades = ['first', 'second', 'third'] as const

interface Part {
  readonly shade: (typeof shades)[number] | 'rest'
  readonly name: string
  of(month: Month): number
}

const deliveredBy = (id: string, { providers }: Month): number =>
  providers.find((it) => it.id === id)?.amountYuanE4 ?? 0

/** Providers by what they delivered over all the months, and the rest of it. */
const partsOf = (months: readonly Month[], rest: string): readonly Part[] => {
  const names = new Map(months.flatMap((it) => it.providers).map(({ id, name }) => [id, name]))
  const sumOf = (id: string): number => months.reduce((sum, month) => sum + deliveredBy(id, month), 0)
  const named = [...names].toSorted(([a], [b]) => sumOf(b) - sumOf(a)).slice(0, shades.length)
  return [
    ...named.map(
      ([id, name], index): Part => ({ shade: shades[index] ?? 'rest', name, of: (month) => deliveredBy(id, month) }),
    ),
    {
      shade: 'rest',
      name: rest,
      of: (month) => named.reduce((left, [id]) => left - deliveredBy(id, month), month.amountYuanE4),
    },
  ]
}

/** What the closed months were charged, by who delivered it as far as that may be seen. */
export const Money = ({ months }: Pick<Board, 'months'>) => {
  const { t } = useTranslation()
  const { amountShort, monthShort } = useFormats()
  const isSplit = months.some((it) => it.providers.length > 0)
  const parts = partsOf(months, t(isSplit ? 'board.otherProviders' : 'board.charged'))
  const most = Math.max(1, ...months.map((it) => it.amountYuanE4))
  return (
    <Panel title={t('board.money')} extra={<span className={styles.quiet}>{t('board.currency')}</span>}>
      {months.length === 0 ? (
        <p className={styles.empty}>{t('board.moneyNone')}</p>
      ) : (
        <>
          <ol className={styles.months}>
            {months.map((month) => (
              <li key={month.month}>
                <span className={styles.monthBar} aria-hidden="true">
                  {parts.map((part) => (
                    <i
                      key={part.shade}
                      data-shade={part.shade}
                      style={{ height: `${(Math.max(0, part.of(month)) / most) * 100}%` }}
                    />
                  ))}
                  <span>{amountShort(month.amountYuanE4)}</span>
                </span>
                <span className={styles.hidden}>{amountShort(month.amountYuanE4)}</span>
                <span className={styles.monthName}>{monthShort(month.month)}</span>
              </li>
            ))}
          </ol>
          <ul className={styles.parts}>
            {parts.map((part) => (
              <li key={part.shade} data-shade={part.shade}>
                {part.name}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}
