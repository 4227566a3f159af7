import { Link } from '@tanstack/react-router'
import { auditState, boardGet, type Home, homeGet, requestApprove, requestCreate, requestList } from '@yiduo/contract'
import { Badge, Button, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay, useSession } from '../../api/session.ts'
import { Situation } from '../../components/board/situation.tsx'
import { Held, useHeld } from '../../components/held.tsx'
import { useStepWord } from '../../components/step-word.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Due, Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import styles from './home.module.css'
import { Counted, ItemLink } from './item.tsx'
import { QueueList } from './queue-list.tsx'
import { TrailState } from './trail-state.tsx'

interface Of {
  readonly home: Home
}

const Waiting = ({ home }: Of) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Section title={t('home.waiting')}>
      {home.queues.length === 0 ? (
        <Nothing
          words={t('home.nothingWaiting')}
          action={
            may(requestCreate) && (
              <Link to={paths.catalogue()}>
                <Button>{t('home.nothingWaitingAction')}</Button>
              </Link>
            )
          }
        />
      ) : (
        home.queues.map((it) => <QueueList key={it.kind} queue={it} />)
      )}
    </Section>
  )
}

const Expiring = ({ home: { expiring } }: Of) => {
  const { t } = useTranslation()
  return (
    <Section title={t('home.expiring')} extra={expiring.count > 0 && <Counted of={expiring} />}>
      {expiring.items.length === 0 ? (
        <Typography.Text type="secondary">{t('home.nothingExpiring')}</Typography.Text>
      ) : (
        <ul className={styles.rows}>
          {expiring.items.map((it) => (
            <li key={it.id}>
              <span>
                <ItemLink id={it.id} name={it.name} />
                <Typography.Text type="secondary"> · {it.organisationName}</Typography.Text>
              </span>
              <Due at={it.expiresAt} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const Money = ({ money: it }: { readonly money: NonNullable<Home['money']> }) => {
  const { t } = useTranslation()
  const { money, moneyShort, month } = useFormats()
  return (
    <Section title={t('home.money')}>
      <div className={styles.figures}>
        <div>
          <Typography.Text type="secondary">{t('home.thisMonth', { month: month(it.month) })}</Typography.Text>
          <strong>{it.soFarYuanE4 === null ? '–' : money(it.soFarYuanE4)}</strong>
          {it.soFarYuanE4 === null && <Typography.Text type="warning">{t('home.noPrice')}</Typography.Text>}
        </div>
        <div>
          <Typography.Text type="secondary">{t('home.lastMonth')}</Typography.Text>
          <strong>{it.lastMonthYuanE4 === null ? '–' : money(it.lastMonthYuanE4)}</strong>
        </div>
      </div>
      {it.budgets.map((budget) => (
        <Meter
          key={budget.id}
          label={t('home.budget', { period: budget.period })}
          used={budget.spentYuanE4}
          limit={budget.amountYuanE4}
          show={moneyShort}
          none={t('states.none')}
        />
      ))}
    </Section>
  )
}

const Quotas = ({ home: { quotas } }: Of) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <Section title={t('home.held')}>
      <div className={styles.meters}>
        {quotas.map((it) => (
          <Meter
            key={it.measure}
            label={t(`measures.${it.measure}`)}
            used={it.held}
            limit={it.limit}
            show={number}
            none={t('states.none')}
          />
        ))}
      </div>
    </Section>
  )
}

/** What is wrong on the clouds, for those who run them; not there while all is well. */
const Troubles = ({ home: { platformsAway, residues } }: Of) => {
  const { t } = useTranslation()
  const words = useStepWord()
  return (
    <>
      {platformsAway.length > 0 && (
        <Section title={t('home.platformsAway')}>
          <ul className={styles.rows}>
            {platformsAway.map((it) => (
              <li key={it.id}>
                <span>
                  <Link to={paths.platform(it.id)}>{it.name}</Link> <StateTag of="platformState" state={it.state} />
                </span>
                <Instant at={it.probedAt} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {residues.items.length > 0 && (
        <Section title={t('home.residues')} extra={<Counted of={residues} />}>
          <ul className={styles.rows}>
            {residues.items.map((it) => (
              <li key={it.id}>
                <Link to={paths.operation(it.id)}>{words.saga(it.saga)}</Link>
                <Instant at={it.endedAt} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** Of somebody who oversees the province and uses nothing of it there is nothing to tell here. */
const isCharged = ({ soFarYuanE4, lastMonthYuanE4, budgets }: NonNullable<Home['money']>): boolean =>
  soFarYuanE4 !== 0 || (lastMonthYuanE4 ?? 0) !== 0 || budgets.length > 0

/** What one would look for first, on one page: the same for everybody, filled by what each may see. */
export const HomePage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { person } = useSession()
  const asked = useAnswer(homeGet, {})
  const held = useHeld()
  const oversees = may(boardGet)
  // What the province is like comes first for those for whom nothing waits.
  const onlyLooks = ({ queues }: Home) => oversees && queues.length === 0
  // Who only looks is told of no work that never comes.
  const decides = !oversees || may(requestApprove)
  return (
    <Page
      title={t('pages.home')}
      hint={person.name}
      actions={
        may(requestCreate) && (
          <>
            <Link to={paths.catalogue()}>
              <Button>{t('pages.catalogue')}</Button>
            </Link>
            <Link to={paths.newRequest()}>
              <Button type="primary">{t('home.newRequest')}</Button>
            </Link>
          </>
        )
      }
    >
      <Asked of={asked}>
        {(home) => (
          <div className={styles.columns}>
            <div>
              {onlyLooks(home) && <Situation />}
              {(home.queues.length > 0 || decides) && <Waiting home={home} />}
              <Troubles home={home} />
              <Held held={held} />
              {!onlyLooks(home) && may(requestList) && <Expiring home={home} />}
            </div>
            <div>
              {may(auditState) && <TrailState />}
              {oversees && home.queues.length > 0 && <Situation />}
              {home.unread > 0 && (
                <Section title={t('pages.notices')}>
                  <Link to={paths.notices()}>
                    <Badge status="processing" text={t('home.unread', { count: home.unread })} />
                  </Link>
                </Section>
              )}
              {onlyLooks(home) && <Expiring home={home} />}
              {home.quotas.length > 0 && <Quotas home={home} />}
              {home.money && (!oversees || isCharged(home.money)) && <Money money={home.money} />}
            </div>
          </div>
        )}
      </Asked>
    </Page>
  )
}
