import { Link } from '@tanstack/react-router'
import { type HistoryEntry, type Operation, operationList, type Resource, resourceHistory } from '@yiduo/contract'
import { Button, Flex, Timeline, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Difference } from '../../ui/difference.tsx'
import { Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { dotColours, requestTones, type Tone, toneOf } from '../../ui/tone.ts'
import { useActorWord, useActWord } from '../act-word.ts'
import { useStepWord } from '../step-word.ts'
import styles from './history.module.css'

const first = 20
const most = 500

interface Told {
  readonly key: string
  readonly at: string
  readonly tone: Tone
  readonly content: ReactNode
}

const Asking = ({ it }: { readonly it: HistoryEntry }) => {
  const { t } = useTranslation()
  const word = useWord()
  const who = useActorWord()
  const kind = it.operation === 'request.reclaim' ? 'reclaim' : 'open'
  const name = it.changeKind ? word('changeKind', it.changeKind) : t(`resources.asked.${kind}`)
  return (
    <>
      <Flex gap={8} wrap align="center">
        {it.requestId ? <Link to={paths.request(it.requestId)}>{name}</Link> : name}
        {it.state && <StateTag of="requestState" state={it.state} />}
        <Typography.Text type="secondary">{it.by && who(it.by)}</Typography.Text>
        <Instant at={it.at} />
      </Flex>
      {it.remark && <div className={styles.remark}>{it.remark}</div>}
    </>
  )
}

const Done = ({ it }: { readonly it: HistoryEntry }) => {
  const { t } = useTranslation()
  const act = useActWord()
  const who = useActorWord()
  return (
    <>
      <Flex gap={8} wrap align="center">
        <span>{act(it.operation)}</span>
        <Typography.Text type="secondary">{it.by && who(it.by)}</Typography.Text>
        <Instant at={it.at} />
      </Flex>
      {it.after !== null && it.after !== undefined && (
        <details>
          <summary>{t('resources.details')}</summary>
          <Difference before={null} after={it.after} />
        </details>
      )}
    </>
  )
}

const Work = ({ it }: { readonly it: Operation }) => {
  const { t } = useTranslation()
  const { saga } = useStepWord()
  return (
    <>
      <Flex gap={8} wrap align="center">
        <Typography.Text type="secondary">{t('pages.operation')}</Typography.Text>
        <Link to={paths.operation(it.id)}>{saga(it.saga)}</Link>
        <StateTag of="operationState" state={it.state} />
        <Instant at={it.createdAt} />
      </Flex>
      {it.fault && <Typography.Text type="danger">{it.fault.message}</Typography.Text>}
    </>
  )
}

const ofEntry = (it: HistoryEntry): Told => ({
  key: `${it.at} ${it.operation} ${it.requestId}`,
  at: it.at,
  tone: it.state ? requestTones[it.state] : 'neutral',
  content: it.requestId ? <Asking it={it} /> : <Done it={it} />,
})
const ofOperation = (it: Operation): Told => ({
  key: it.id,
  at: it.createdAt,
  tone: toneOf(it.state),
  content: <Work it={it} />,
})

/** What was asked for it, what was done about that on the cloud, by whom and why; the newest first. */
export const ResourceHistory = ({ of }: { readonly of: Resource }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [limit, setLimit] = useState(first)
  const call = { params: { resourceId: of.id }, query: { limit } }
  const asked = useAnswer(resourceHistory, call, { keepPrevious: true })
  const works = useAnswer(
    operationList,
    { query: { subject: of.id, limit } },
    { enabled: may(operationList), keepPrevious: true },
  ).data?.items
  return (
    <Section title={t('resources.history')}>
      <Asked of={asked}>
        {({ items, nextCursor }) => {
          // Work of a time that is not shown yet comes with it.
          const since = nextCursor === null ? '' : (items.at(-1)?.at ?? '')
          const shown = (works ?? []).filter((it) => it.createdAt >= since)
          const told = [...items.map(ofEntry), ...shown.map(ofOperation)].toSorted((a, b) => b.at.localeCompare(a.at))
          if (told.length === 0) return <Typography.Text type="secondary">{t('resources.noHistory')}</Typography.Text>
          return (
            <>
              <Timeline items={told.map(({ key, tone, content }) => ({ key, color: dotColours[tone], content }))} />
              {nextCursor !== null && limit < most && (
                <Button size="small" loading={asked.isFetching} onClick={() => setLimit(Math.min(most, limit * 5))}>
                  {t('resources.earlier')}
                </Button>
              )}
            </>
          )
        }}
      </Asked>
    </Section>
  )
}
