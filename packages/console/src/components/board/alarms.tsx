import type { Alarm, Board } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { useFormats, useSpan } from '../../ui/format.ts'
import { useStepWord } from '../step-word.ts'
import styles from './board.module.css'
import { Panel } from './panel.tsx'

/** So many are read at once; the others come with the next turns. */
const onePage = 4

const Row = ({ of }: { readonly of: Alarm }) => {
  const { t } = useTranslation()
  const { percent } = useFormats()
  const words = useStepWord()
  const span = useSpan()
  const name = of.kind === 'operation-failed' ? words.saga(of.name ?? '') : of.name
  const note = of.share === null ? of.organisationName : t('board.alarmShare', { share: percent(of.share) })
  return (
    <li data-severity={of.severity}>
      <span className={styles.alarmKind}>
        <i aria-hidden="true">{of.severity === 'error' ? '▲' : '●'}</i>
        <span className={styles.hidden}>{t(`board.severities.${of.severity}`)}</span>
        {t(`board.alarmKinds.${of.kind}`)}
      </span>
      <span className={styles.alarmSince}>
        {of.since && t('board.ago', { span: span(Math.max(0, now() - new Date(of.since).getTime())) })}
      </span>
      <span className={styles.alarmName}>
        {name}
        {note && <em>{note}</em>}
      </span>
    </li>
  )
}

/** What is wrong now: how much of each kind, and page by page which. */
export const Alarms = ({ alarms, turn }: Pick<Board, 'alarms'> & { readonly turn: number }) => {
  const { t } = useTranslation()
  const pages = Math.max(1, Math.ceil(alarms.items.length / onePage))
  const page = turn % pages
  return (
    <Panel
      title={t('board.alarms')}
      className={styles.grow}
      extra={pages > 1 && <span className={styles.quiet}>{t('board.moreAlarms', { page: page + 1, pages })}</span>}
    >
      {alarms.items.length === 0 ? (
        <p className={styles.calm}>
          <i aria-hidden="true">✓</i> {t('board.alarmsNone')}
        </p>
      ) : (
        <>
          <ul className={styles.alarmCounts}>
            {alarms.counts.map(({ kind, count, more }) => (
              <li key={kind} data-severity={alarms.items.find((it) => it.kind === kind)?.severity}>
                <span>{t(`board.alarmShort.${kind}`)}</span>
                <strong>{more ? t('board.countMore', { count }) : count}</strong>
              </li>
            ))}
          </ul>
          <ul className={styles.alarms}>
            {alarms.items.slice(page * onePage, (page + 1) * onePage).map((it) => (
              <Row key={`${it.kind} ${it.id}`} of={it} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}
