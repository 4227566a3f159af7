import { Link } from '@tanstack/react-router'
import { type InboxItem, requestGet, type ServiceRequest, systemGet } from '@yiduo/contract'
import { Button, Flex, Typography } from 'antd'
import { useEffect } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { ActDialog } from '../../components/act-dialog.tsx'
import { RequestAttachments } from '../../components/request/attachments.tsx'
import { RequestPlacements } from '../../components/request/placements.tsx'
import { RequestStages } from '../../components/request/stages.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Due, Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { useLinesInWords } from './cards.tsx'
import styles from './inbox.module.css'
import { Lines } from './lines.tsx'
import { QuotaAfter } from './quota-after.tsx'
import { approvalOf, refusals, type Verdict } from './verdicts.ts'

export type { Verdict } from './verdicts.ts'

interface DetailProps {
  readonly item: InboxItem
  readonly verdict: Verdict | null
  readonly onVerdict: (verdict: Verdict | null) => void
  readonly onDecided: () => void
}

/** Everything said on the way, the newest first. */
const Remarks = ({ track }: { readonly track: ServiceRequest['track'] }) => {
  const { t } = useTranslation()
  const word = useWord()
  const said = track.filter((it) => it.remark !== '').toReversed()
  if (said.length === 0) return <Typography.Text type="secondary">{t('approvals.noRemarks')}</Typography.Text>
  return (
    <ul className={styles.remarks}>
      {said.map((it) => (
        <li key={it.startedAt}>
          <Typography.Text type="secondary">
            {it.by} · {word('requestState', it.state)} · <Instant at={it.startedAt} />
          </Typography.Text>
          <p>{it.remark}</p>
        </li>
      ))}
    </ul>
  )
}

const ItemFacts = ({ item }: { readonly item: InboxItem }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money } = useFormats()
  const system = useAnswer(systemGet, { params: { systemId: item.systemId } }).data
  return (
    <Facts
      of={[
        { label: t('requests.price'), value: <strong>{money(item.monthlyPriceYuanE4)}</strong> },
        { label: t('requests.organisation'), value: item.organisationName },
        { label: t('inbox.sentBy'), value: item.sentByName ?? '–' },
        {
          label: t('inbox.grade'),
          value: system ? t('inbox.gradeOf', { grade: system.securityGrade, zone: word('zone', system.zone) }) : '–',
        },
        { label: t('requests.createdAt'), value: <Instant at={item.createdAt} /> },
      ]}
    />
  )
}

const Buttons = ({
  request,
  onVerdict,
}: {
  readonly request: ServiceRequest
  readonly onVerdict: DetailProps['onVerdict']
}) => {
  const { t } = useTranslation()
  const may = useMay()
  const approval = approvalOf(request)
  return (
    <Flex gap={8} wrap className={styles.buttons}>
      {may(approval.operation) && (
        <Button type="primary" onClick={() => onVerdict('approve')}>
          {t(approval.label)} <kbd>A</kbd>
        </Button>
      )}
      {may(refusals.return.operation) && (
        <Button onClick={() => onVerdict('return')}>
          {t(refusals.return.label)} <kbd>R</kbd>
        </Button>
      )}
      {may(refusals.reject.operation) && (
        <Button danger onClick={() => onVerdict('reject')}>
          {t(refusals.reject.label)}
        </Button>
      )}
    </Flex>
  )
}

const VerdictDialog = ({
  request,
  item,
  verdict,
  onVerdict,
  onDecided,
}: DetailProps & { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const inWords = useLinesInWords()
  const { operation, label } = verdict === 'approve' || verdict === null ? approvalOf(request) : refusals[verdict]
  const isForOthers = !useMay()(operation)
  // A key that asks for what one may not do asks for nothing.
  useEffect(() => {
    if (verdict !== null && isForOthers) onVerdict(null)
  }, [verdict, isForOthers, onVerdict])
  if (verdict === null || isForOthers) return null
  return (
    <ActDialog
      operation={operation}
      title={t(label)}
      callOf={(remark) => ({ params: { requestId: item.id }, body: remark ? { remark } : {} })}
      remark={verdict === 'approve' ? 'optional' : 'required'}
      danger={verdict === 'reject'}
      onDone={onDecided}
      onClose={() => onVerdict(null)}
    >
      <Typography.Paragraph>
        <strong>{item.systemName}</strong> · {item.organisationName}
        <br />
        {inWords(item.lines)}
      </Typography.Paragraph>
    </ActDialog>
  )
}

/** What one decides by, and the buttons beside it. */
export const Detail = (props: DetailProps) => {
  const { item, onVerdict } = props
  const { t } = useTranslation()
  const asked = useAnswer(requestGet, { params: { requestId: item.id } })
  return (
    <article className={styles.detail} aria-label={item.systemName}>
      <Flex justify="space-between" align="start" gap={12} wrap className={styles.detailHead}>
        <div>
          <Typography.Text strong className={styles.detailTitle}>
            <Link to={paths.request(item.id)}>{item.systemName}</Link>
          </Typography.Text>
          <Due at={item.dueAt} />
        </div>
        {asked.data && <Buttons request={asked.data} onVerdict={onVerdict} />}
      </Flex>
      <ItemFacts item={item} />
      <Asked of={asked}>
        {(request) => (
          <div className={styles.parts}>
            <Section title={t('inbox.lines')}>
              <Lines request={request} item={item} />
            </Section>
            {item.quotas.length > 0 && (
              <Section title={t('inbox.quotaAfter')}>
                <QuotaAfter quotas={item.quotas} />
              </Section>
            )}
            <RequestPlacements request={request} />
            <Section title={t('approvals.remarks')}>
              <Remarks track={request.track} />
            </Section>
            <Section title={t('request.attachments')}>
              <RequestAttachments request={request} />
            </Section>
            <Section title={t('request.stages')}>
              <RequestStages request={request} />
            </Section>
            <VerdictDialog {...props} request={request} />
          </div>
        )}
      </Asked>
    </article>
  )
}
