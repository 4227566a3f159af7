import { Link, useParams } from '@tanstack/react-router'
import { requestGet, resourceList, type ServiceRequest } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { RequestActions } from '../../components/request/actions.tsx'
import { RequestAttachments } from '../../components/request/attachments.tsx'
import { RequestHistory } from '../../components/request/history.tsx'
import { RequestLines } from '../../components/request/lines.tsx'
import { RequestPlacements } from '../../components/request/placements.tsx'
import styles from '../../components/request/request.module.css'
import { RequestStages } from '../../components/request/stages.tsx'
import { ResourceRows } from '../../components/resource-rows.tsx'
import { Track } from '../../components/track.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Due, Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

/** Live resources of one request are at most a hundred lines of a hundred servers; the list beyond has a page. */
const shownResources = 100

const Overview = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money } = useFormats()
  const { aboutRequestId, testEndsAt, expiresAt, graceEndsAt, purgeAt, collectionId } = request
  return (
    <Facts
      of={[
        { label: t('requests.system'), value: <Link to={paths.system(request.systemId)}>{request.systemName}</Link> },
        { label: t('requests.organisation'), value: request.organisationName },
        { label: t('requests.kind'), value: word('requestKind', request.kind) },
        {
          label: t('requests.price'),
          value: (
            <strong>
              {money(request.monthlyPriceYuanE4)}
              {t('states.perMonth')}
            </strong>
          ),
        },
        aboutRequestId !== null && {
          label: t('request.about'),
          value: <Link to={paths.request(aboutRequestId)}>{t('request.origin')}</Link>,
        },
        collectionId !== null && {
          label: t('request.inCollection'),
          value: <Link to={paths.collection(collectionId)}>{t('pages.collections')}</Link>,
        },
        testEndsAt !== null && { label: t('request.testEnds'), value: <Due at={testEndsAt} /> },
        { label: t('request.expires'), value: <Instant at={expiresAt} none={t('states.time.never')} /> },
        graceEndsAt !== null && { label: t('request.graceEnds'), value: <Due at={graceEndsAt} /> },
        purgeAt !== null && { label: t('request.purgeAt'), value: <Due at={purgeAt} /> },
        { label: t('requests.createdAt'), value: <Instant at={request.createdAt} /> },
        { label: t('requests.id'), value: <Typography.Text copyable>{request.id}</Typography.Text> },
      ]}
    />
  )
}

const Held = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const asked = useAnswer(resourceList, { query: { requestId: request.id, limit: shownResources } })
  if (asked.data?.items.length === 0) return null
  return (
    <Section title={t('request.resources')}>
      <Asked of={asked}>{({ items }) => <ResourceRows items={items} />}</Asked>
    </Section>
  )
}

const titleOf = ({ lines }: ServiceRequest): string => {
  const names = lines.map((it) => (it.quantity > 1 ? `${it.name} ×${it.quantity}` : it.name))
  return names.length > 3 ? `${joined(names.slice(0, 3), ', ')} …` : joined(names, ', ')
}

export const RequestPage = () => {
  const { t } = useTranslation()
  const word = useWord()
  const { requestId = '' } = useParams({ strict: false })
  const asked = useAnswer(requestGet, { params: { requestId } })
  return (
    <Asked of={asked}>
      {(request) => (
        <Page
          title={titleOf(request) || word('requestKind', request.kind)}
          tag={<StateTag of="requestState" state={request.state} />}
          crumbs={[{ title: t('pages.requests'), to: paths.requests() }]}
          actions={<RequestActions request={request} />}
        >
          {request.fault && (
            <div className={styles.fault}>
              <FaultNote fault={request.fault} />
            </div>
          )}
          <Section title={t('requests.track')}>
            <Track request={request} />
          </Section>
          <div className={styles.columns}>
            <div>
              <Section title={t('request.lines')}>
                <RequestLines request={request} />
              </Section>
              <RequestPlacements request={request} />
              {request.kind === 'open' && <Held request={request} />}
              <Section title={t('request.attachments')}>
                <RequestAttachments request={request} />
              </Section>
            </div>
            <div>
              <Section title={t('request.overview')}>
                <Overview request={request} />
              </Section>
              {request.stages.length > 0 && (
                <Section title={t('request.stages')}>
                  <RequestStages request={request} />
                </Section>
              )}
              <Section title={t('request.history')}>
                <RequestHistory request={request} />
              </Section>
            </div>
          </div>
        </Page>
      )}
    </Asked>
  )
}
