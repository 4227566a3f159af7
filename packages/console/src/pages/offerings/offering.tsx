import { Link, useParams } from '@tanstack/react-router'
import { componentList, measures, type Offering, offeringEdit, offeringGet } from '@yiduo/contract'
import { Alert, Button, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { AddPlan, EditOffering } from '../../components/catalogue/offering-forms.tsx'
import { Places } from '../../components/catalogue/places.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Released } from './released.tsx'

interface Of {
  readonly offering: Offering
}

/** Withdrawn or released again, each with what that means. */
const ReleaseButton = ({ offering: { id, name, released } }: Of) => {
  const { t } = useTranslation()
  const callOf = () => ({ params: { offeringId: id }, body: { released: !released } })
  if (!released)
    return (
      <ActButton operation={offeringEdit} label={t('offerings.release')} button={{ type: 'primary' }} callOf={callOf}>
        <Typography.Paragraph>{t('offerings.releaseHint')}</Typography.Paragraph>
      </ActButton>
    )
  return (
    <ActButton
      operation={offeringEdit}
      label={t('offerings.withdraw')}
      button={{ danger: true }}
      danger
      confirmation={name}
      callOf={callOf}
    >
      <Typography.Paragraph>{t('offerings.withdrawHint')}</Typography.Paragraph>
    </ActButton>
  )
}

const Overview = ({ offering }: Of) => {
  const { t } = useTranslation()
  const components = useAnswer(componentList, { query: { limit: 500 } }).data?.items
  const metered = measures.map((measure) => {
    const component = components?.find((it) => it.id === offering.metering[measure])
    return `${t(`measures.${measure}`)}: ${component?.name ?? '–'}`
  })
  return (
    <Section title={t('request.overview')}>
      <Facts
        of={[
          { label: t('clouds.code'), value: offering.code },
          { label: t('clouds.architecture'), value: offering.architecture },
          { label: t('catalogue.images'), value: offering.imageNames.join(', ') },
          { label: t('offerings.testDays'), value: offering.testDays },
          { label: t('offerings.byRuleUpTo'), value: offering.approvedByRuleUpToVcpus },
          { label: t('offerings.metering'), value: <Link to={paths.prices()}>{metered.join(' · ')}</Link> },
        ]}
      />
    </Section>
  )
}

const Plans = ({ offering }: Of) => {
  const { t } = useTranslation()
  const { memory, storage, money } = useFormats()
  if (offering.plans.length === 0)
    return <Nothing words={t('offerings.noPlans')} action={<AddPlan offering={offering} />} />
  return (
    <PlainTable
      label={t('offerings.plans')}
      rows={offering.plans}
      idOf={(it) => it.id}
      columns={[
        { id: 'name', title: t('clouds.name'), cell: (it) => it.name },
        { id: 'code', title: t('clouds.code'), cell: (it) => it.code },
        { id: 'vcpus', title: t('catalogue.vcpus'), align: 'end', cell: (it) => it.vcpus },
        { id: 'memory', title: t('catalogue.memory'), align: 'end', cell: (it) => memory(it.memoryMib) },
        { id: 'disk', title: t('catalogue.disk'), align: 'end', cell: (it) => storage(it.systemDiskGib) },
        {
          id: 'price',
          title: t('catalogue.price'),
          align: 'end',
          cell: (it) =>
            it.monthlyPriceYuanE4 === null ? (
              <Link to={paths.prices()}>{t('catalogue.noPrice')}</Link>
            ) : (
              money(it.monthlyPriceYuanE4)
            ),
        },
      ]}
    />
  )
}

export const ReleasedOfferingPage = () => {
  const { t } = useTranslation()
  const { offeringId = '' } = useParams({ strict: false })
  const asked = useAnswer(offeringGet, { params: { offeringId } })
  return (
    <Asked of={asked}>
      {(offering) => (
        <Page
          title={offering.name}
          tag={<Released offering={offering} />}
          crumbs={[{ title: t('pages.offerings'), to: paths.offerings() }]}
          actions={
            <>
              <Link to={paths.offering(offering.id)}>
                <Button>{t('offerings.inCatalogue')}</Button>
              </Link>
              <EditOffering offering={offering} />
              <ReleaseButton offering={offering} />
            </>
          }
        >
          {offering.released && offering.plans.some((it) => it.monthlyPriceYuanE4 === null) && (
            <Alert type="warning" showIcon title={t('offerings.pricesLack')} style={{ marginBottom: 16 }} />
          )}
          <Overview offering={offering} />
          <Section title={t('offerings.plans')} extra={offering.plans.length > 0 && <AddPlan offering={offering} />}>
            <Plans offering={offering} />
          </Section>
          <Places offering={offering} />
        </Page>
      )}
    </Asked>
  )
}
