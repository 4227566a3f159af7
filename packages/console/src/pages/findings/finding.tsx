import { useParams } from '@tanstack/react-router'
import { type Finding, findingGet } from '@yiduo/contract'
import { Timeline, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { OrganisationName, ThingName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { DueDay, Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { FindingActs } from './acts.tsx'

interface Of {
  readonly finding: Finding
}

const Words = ({ children }: { readonly children: string }) => (
  <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', marginBottom: 0 }}>{children}</Typography.Paragraph>
)

/** Raised, ordered, answered, closed: what was said at each, and what is still to come. */
const Progress = ({ finding }: Of) => {
  const { t } = useTranslation()
  const word = useWord()
  const { state, dueOn, remark, answer } = finding
  const isClosed = state === 'closed'
  const steps = [
    { name: 'raised', done: true, at: finding.raisedAt, words: finding.detail },
    { name: 'ordered', done: dueOn !== null, at: null, words: isClosed ? '' : remark },
    { name: 'answered', done: answer !== null, at: finding.answeredAt, words: answer ?? '' },
    { name: 'closed', done: isClosed, at: finding.closedAt, words: isClosed ? remark : '' },
  ].filter((it) => it.done || !isClosed)
  return (
    <Section title={t('findings.progress')}>
      <Timeline
        items={steps.map((it) => ({
          key: it.name,
          color: it.done ? 'green' : 'gray',
          content: (
            <>
              <div>
                <strong>{word('findingState', it.name)}</strong> {it.at !== null && <Instant at={it.at} />}
                {it.name === 'ordered' && dueOn !== null && (
                  <>
                    {t('findings.dueOn')} <DueDay on={dueOn} over={isClosed} />
                  </>
                )}
                {!it.done && <Typography.Text type="secondary">{t('findings.notYet')}</Typography.Text>}
              </div>
              {it.words && <Words>{it.words}</Words>}
            </>
          ),
        }))}
      />
    </Section>
  )
}

const Whole = ({ finding }: Of) => {
  const { t } = useTranslation()
  return (
    <Page
      title={finding.title}
      tag={
        <>
          <StateTag of="findingState" state={finding.state} />
          <StateTag of="findingSeverity" state={finding.severity} />
        </>
      }
      crumbs={[{ title: t('pages.findings'), to: paths.findings() }]}
      actions={<FindingActs finding={finding} />}
    >
      <Section title={t('request.overview')}>
        <Facts
          of={[
            { label: t('findings.subject'), value: <ThingName id={finding.subject} /> },
            { label: t('findings.organisation'), value: <OrganisationName id={finding.organisationId} /> },
            finding.providerOrganisationId !== null && {
              label: t('findings.provider'),
              value: <OrganisationName id={finding.providerOrganisationId} />,
            },
            { label: t('findings.dueOn'), value: <DueDay on={finding.dueOn} over={finding.state === 'closed'} /> },
            { label: t('findings.raisedBy'), value: finding.raisedBy },
            { label: t('requests.id'), value: <Typography.Text copyable>{finding.id}</Typography.Text> },
          ]}
        />
      </Section>
      <Progress finding={finding} />
    </Page>
  )
}

export const FindingPage = () => {
  const { findingId = '' } = useParams({ strict: false })
  const asked = useAnswer(findingGet, { params: { findingId } })
  return <Asked of={asked}>{(finding) => <Whole key={finding.id} finding={finding} />}</Asked>
}
