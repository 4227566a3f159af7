import { useParams } from '@tanstack/react-router'
import {
  type DemandPlan,
  demandPlanAccept,
  demandPlanGet,
  demandPlanReturn,
  demandPlanSubmit,
  offeringList,
} from '@yiduo/contract'
import { Alert, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { WritePlan } from './lines-form.tsx'

interface Of {
  readonly plan: DemandPlan
}

const Acts = ({ plan }: Of) => {
  const { t } = useTranslation()
  const params = { demandPlanId: plan.id }
  const callOf = (remark: string) => ({ params, body: { remark } })
  if (plan.state === 'submitted')
    return (
      <>
        <ActButton
          operation={demandPlanAccept}
          label={t('demand.accept')}
          button={{ type: 'primary' }}
          remark="optional"
          callOf={callOf}
        >
          <Typography.Paragraph>{t('demand.acceptHint')}</Typography.Paragraph>
        </ActButton>
        <ActButton operation={demandPlanReturn} label={t('demand.return')} remark="required" callOf={callOf} />
      </>
    )
  if (plan.state === 'accepted') return null
  return (
    <>
      <WritePlan plan={plan} />
      <ActButton
        operation={demandPlanSubmit}
        label={t('demand.submit')}
        button={{ type: 'primary' }}
        remark="optional"
        callOf={callOf}
      >
        <Typography.Paragraph>{t('demand.submitHint')}</Typography.Paragraph>
      </ActButton>
    </>
  )
}

const Lines = ({ plan }: Of) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const offerings = useAnswer(offeringList, { query: { limit: 500 } }).data?.items
  return (
    <PlainTable
      label={t('demand.lines')}
      rows={plan.lines}
      idOf={(it) => `${it.quarter} ${it.offeringId} ${it.measure}`}
      columns={[
        { id: 'quarter', title: t('demand.from'), cell: (it) => t('demand.quarter', { quarter: it.quarter }) },
        {
          id: 'offering',
          title: t('demand.offering'),
          cell: (it) => offerings?.find((one) => one.id === it.offeringId)?.name ?? it.offeringId,
        },
        { id: 'measure', title: t('demand.measure'), cell: (it) => t(`measures.${it.measure}`) },
        { id: 'quantity', title: t('demand.quantity'), align: 'end', cell: (it) => `+${number(it.quantity)}` },
      ]}
    />
  )
}

export const DemandPlanPage = () => {
  const { t } = useTranslation()
  const { demandPlanId = '' } = useParams({ strict: false })
  const asked = useAnswer(demandPlanGet, { params: { demandPlanId } })
  return (
    <Asked of={asked}>
      {(plan) => (
        <Page
          title={`${t('pages.demandPlan')} · ${plan.year}`}
          tag={<StateTag of="demandPlanState" state={plan.state} />}
          hint={t(`demand.next.${plan.state}`)}
          crumbs={[{ title: t('pages.demandPlans'), to: paths.demandPlans() }]}
          actions={<Acts plan={plan} />}
        >
          {plan.state === 'returned' && plan.remark && (
            <Alert type="warning" showIcon title={plan.remark} style={{ marginBottom: 16 }} />
          )}
          <Section title={t('request.overview')}>
            <Facts
              of={[
                { label: t('oversight.organisation'), value: <OrganisationName id={plan.organisationId} /> },
                { label: t('demand.year'), value: plan.year },
                { label: t('requests.updatedAt'), value: <Instant at={plan.updatedAt} /> },
                plan.remark !== '' && { label: t('states.remark'), value: plan.remark },
              ]}
            />
          </Section>
          <Section title={t('demand.lines')}>
            <Lines plan={plan} />
          </Section>
        </Page>
      )}
    </Asked>
  )
}
