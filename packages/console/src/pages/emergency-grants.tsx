import { Link } from '@tanstack/react-router'
import { auditList, emergencyAccessEnd, type GrantReview, grantReviewList, grantRevoke } from '@yiduo/contract'
import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { rowsOf, usePages } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { ActButton } from '../components/act-dialog.tsx'
import { GrantActs } from '../components/grant/grant-acts.tsx'
import { GrantDrawer } from '../components/grant/grant-drawer.tsx'
import { OrganisationName } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { Waiting } from '../ui/asked.tsx'
import { Due, Instant } from '../ui/clock.tsx'
import { joined } from '../ui/joined.ts'
import { Nothing } from '../ui/nothing.tsx'
import { Page, Section } from '../ui/page.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'
import { ProblemPanel } from '../ui/problem.tsx'

/** Who may end it, ends it; who reads the trail, reads what was done under it. */
const Acts = ({ review, onShow }: { readonly review: GrantReview; readonly onShow: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Flex gap={8} wrap align="center">
      <Button size="small" onClick={onShow}>
        {t('oversight.show')}
      </Button>
      {review.grant.state === 'awake' && may(grantRevoke) && (
        <ActButton
          operation={emergencyAccessEnd}
          label={t('grants.end')}
          danger
          button={{ size: 'small', danger: true }}
          callOf={() => ({ params: { grantId: review.id } })}
        >
          <Typography.Paragraph>{t('grants.endHint')}</Typography.Paragraph>
        </ActButton>
      )}
      {may(auditList) && review.grant.awakeReason !== null && (
        <Link to={paths.audit()} search={{ actor: review.login, emergency: 'true' }}>
          {t('grants.whatWasDone')}
        </Link>
      )}
    </Flex>
  )
}

const useColumns = (onShow: (review: GrantReview) => void): Record<string, PlainColumn<GrantReview>> => {
  const { t } = useTranslation()
  return {
    person: { id: 'person', title: t('grants.person'), cell: (it) => joined([it.name, it.login]) },
    role: { id: 'role', title: t('oversight.role'), cell: (it) => t(`shell.roles.${it.grant.role}`) },
    organisation: {
      id: 'organisation',
      title: t('oversight.organisation'),
      cell: (it) => <OrganisationName id={it.grant.organisationId} />,
    },
    until: { id: 'until', title: t('grants.awakeUntil'), cell: (it) => <Due at={it.grant.until} /> },
    reason: { id: 'reason', title: t('grants.reason'), cell: (it) => it.grant.awakeReason ?? '–' },
    last: {
      id: 'last',
      title: t('grants.lastReason'),
      cell: (it) => it.grant.awakeReason ?? t('grants.neverUsed'),
    },
    lastUsedAt: {
      id: 'lastUsedAt',
      title: t('grants.lastUsedAt'),
      cell: (it) => <Instant at={it.grant.lastUsedAt} none={t('grants.neverUsed')} />,
    },
    acts: { id: 'acts', title: t('oversight.acts'), cell: (it) => <Acts review={it} onShow={() => onShow(it)} /> },
  }
}

/** What was granted for emergencies: what is awake, why and until when; and what sleeps. */
export const EmergencyGrantsPage = () => {
  const { t } = useTranslation()
  const [shown, setShown] = useState<GrantReview | null>(null)
  const pages = usePages(grantReviewList, { emergency: true })
  const { person, role, organisation, until, reason, last, lastUsedAt, acts } = useColumns(setShown)
  const all = rowsOf(pages)
  const awake = all.filter((it) => it.grant.state === 'awake')
  const asleep = all.filter((it) => it.grant.state !== 'awake')
  const columnsOf = (...columns: readonly (PlainColumn<GrantReview> | undefined)[]) =>
    columns.filter((it) => it !== undefined)
  const close = () => setShown(null)
  return (
    <Page title={t('pages.emergencyGrants')} hint={t('grants.emergencyGrantsHint')}>
      {pages.isPending && !pages.error && <Waiting rows={6} />}
      {pages.error && all.length === 0 && <ProblemPanel error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && (
        <>
          <Section title={t('grants.awake')}>
            {awake.length === 0 ? (
              <Typography.Text type="secondary">{t('grants.noneAwake')}</Typography.Text>
            ) : (
              <PlainTable
                label={t('grants.awake')}
                rows={awake}
                idOf={(it) => it.id}
                columns={columnsOf(person, role, organisation, until, reason, acts)}
              />
            )}
          </Section>
          <Section title={t('grants.emergency')}>
            {asleep.length === 0 ? (
              <Nothing words={t('grants.emergencyGrantsEmpty')} />
            ) : (
              <PlainTable
                label={t('grants.emergency')}
                rows={asleep}
                idOf={(it) => it.id}
                columns={columnsOf(person, role, organisation, lastUsedAt, last, acts)}
              />
            )}
          </Section>
        </>
      )}
      {pages.hasNextPage && (
        <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('states.more')}
        </Button>
      )}
      {shown && (
        <GrantDrawer
          grant={shown.grant}
          person={joined([shown.name, shown.login])}
          acts={<GrantActs grant={shown.grant} onDone={close} />}
          onClose={close}
        />
      )}
    </Page>
  )
}
