import { Link } from '@tanstack/react-router'
import { type Board, boardGet } from '@yiduo/contract'
import { Button, Flex, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { pathOfId, paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/page.tsx'
import { useStepWord } from '../step-word.ts'
import { sumOfNodes } from './figures.ts'
import styles from './situation.module.css'

interface Of {
  readonly board: Board
}

const Figures = ({ board }: Of) => {
  const { t } = useTranslation()
  const { number, storage, moneyShort, month, memory } = useFormats()
  const last = board.months.at(-1)
  const [cores, ram] = [sumOfNodes(board.nodes, 'cores'), sumOfNodes(board.nodes, 'memory')]
  return (
    <>
      <dl className={styles.figures}>
        <div>
          <dt>{t('board.systems')}</dt>
          <dd>{number(board.totals.systems)}</dd>
        </div>
        <div>
          <dt>{t('board.servers')}</dt>
          <dd>{number(board.totals.servers)}</dd>
        </div>
        <div>
          <dt>{t('board.storage')}</dt>
          <dd>{storage(board.totals.storageGib)}</dd>
        </div>
        {last && (
          <div>
            <dt>{t('board.chargedIn', { month: month(last.month) })}</dt>
            <dd>{moneyShort(last.amountYuanE4)}</dd>
          </div>
        )}
      </dl>
      {cores.all > 0 && (
        <div className={styles.meters}>
          <Meter label={t('board.cores')} used={cores.used} limit={cores.all} show={number} none="–" />
          <Meter label={t('board.memory')} used={ram.used} limit={ram.all} show={memory} none="–" />
        </div>
      )}
    </>
  )
}

const Steps = ({ board: { steps } }: Of) => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <>
      <h3 className={styles.heading}>{t('board.underWay')}</h3>
      <ol className={styles.steps}>
        {steps.map(({ step, count, overdue }) => (
          <li key={step}>
            {step === 'optimise' ? (
              <Link to={paths.advice()}>{word('step', step)}</Link>
            ) : (
              <Link to={paths.requests()} search={{ step }}>
                {word('step', step)}
              </Link>
            )}
            <strong>{count}</strong>
            {overdue > 0 && <Typography.Text type="danger">{t('board.overdue', { count: overdue })}</Typography.Text>}
          </li>
        ))}
      </ol>
    </>
  )
}

/** So many are read on a home; the board has the others. */
const shownAlarms = 6

const Alarms = ({ board: { alarms } }: Of) => {
  const { t } = useTranslation()
  const words = useStepWord()
  return (
    <>
      <h3 className={styles.heading}>{t('board.alarms')}</h3>
      {alarms.items.length === 0 && <Typography.Text type="secondary">{t('board.alarmsNone')}</Typography.Text>}
      <ul className={styles.alarms}>
        {alarms.items.slice(0, shownAlarms).map((it) => {
          const path = pathOfId(it.id)
          const name = it.kind === 'operation-failed' ? words.saga(it.name ?? '') : it.name
          return (
            <li key={`${it.kind} ${it.id}`}>
              <Tag color={it.severity}>{t(`board.alarmKinds.${it.kind}`)}</Tag>
              {path ? <Link to={path}>{name}</Link> : <span>{name}</span>}
              {it.organisationName && <Typography.Text type="secondary">{it.organisationName}</Typography.Text>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The province in a few figures, for whoever oversees it; the board shows all of it. */
export const Situation = () => {
  const { t } = useTranslation()
  const asked = useAnswer(boardGet, {})
  return (
    <Section
      title={t('board.situation')}
      extra={
        <Link to={paths.board()}>
          <Button>{t('board.open')}</Button>
        </Link>
      }
    >
      <Asked of={asked}>
        {(board) => (
          <Flex vertical gap={8}>
            <Figures board={board} />
            <Steps board={board} />
            <Alarms board={board} />
          </Flex>
        )}
      </Asked>
    </Section>
  )
}
