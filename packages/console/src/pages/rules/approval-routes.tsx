import { type ApprovalRoute, partyNames, type RouteConditions, routeList, routeWithdraw } from '@yiduo/contract'
import { Flex, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { OrganisationName, usePlans } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { useFormats, useSpan } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { CreateRoute, EditRoute } from './route-form.tsx'

/** All of them must hold; none is everything. */
const useConditionsTold = (): ((it: RouteConditions) => readonly string[]) => {
  const { t } = useTranslation()
  const word = useWord()
  const plans = usePlans()
  const { money } = useFormats()
  const offeringName = (id: string) => [...plans.values()].find((it) => it.offering.id === id)?.offering.name ?? id
  return (it) =>
    [
      it.subjects?.map((one) => word('subject', one)).join('/'),
      it.offeringIds?.map(offeringName).join('/'),
      it.zones?.map((one) => word('zone', one)).join('/'),
      it.securityGradeFrom !== undefined && t('rules.gradeFrom', { grade: it.securityGradeFrom }),
      it.vcpusFrom !== undefined && t('rules.vcpusFrom', { count: it.vcpusFrom }),
      it.vcpusUpTo !== undefined && t('rules.vcpusUpTo', { count: it.vcpusUpTo }),
      it.monthlyPriceYuanE4From !== undefined && t('rules.priceFrom', { price: money(it.monthlyPriceYuanE4From) }),
      it.quotaLeftPercentBelow !== undefined && t('rules.quotaBelow', { percent: it.quotaLeftPercentBelow }),
      it.standard === true && t('rules.standard'),
      it.standard === false && t('rules.notStandard'),
    ].filter((one) => typeof one === 'string')
}

const Party = ({ of }: { readonly of: string }) => {
  const { t } = useTranslation()
  const named = partyNames.find((it) => it === of)
  return named ? t(`request.parties.${named}`) : <OrganisationName id={of} />
}

const Stages = ({ route }: { readonly route: ApprovalRoute }) => {
  const { t } = useTranslation()
  const word = useWord()
  const span = useSpan()
  if (route.stages.length === 0) return <Tag color="success">{t('rules.byRule')}</Tag>
  return (
    <ol style={{ margin: 0, paddingInlineStart: 18 }}>
      {route.stages.map((stage) => (
        <li key={stage.name}>
          {stage.name}:{' '}
          {stage.parties.map((party, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a party named twice is two people of it
            <span key={index}>
              {index > 0 && ', '}
              <Party of={party} />
            </span>
          ))}
          <Typography.Text type="secondary">
            {stage.parties.length > 1 && ` · ${word('needs', stage.needs)}`} · {span(stage.limitMinutes * 60_000)}
          </Typography.Text>
        </li>
      ))}
    </ol>
  )
}

const Routes = ({ items }: { readonly items: readonly ApprovalRoute[] }) => {
  const { t } = useTranslation()
  const told = useConditionsTold()
  return (
    <PlainTable
      label={t('rules.routes')}
      rows={items.toSorted((a, b) => a.position - b.position)}
      idOf={(it) => it.id}
      columns={[
        { id: 'position', title: t('rules.position'), align: 'end', cell: (it) => it.position },
        { id: 'name', title: t('clouds.name'), cell: (it) => it.name },
        {
          id: 'operator',
          title: t('clouds.operator'),
          cell: (it) =>
            it.operatorOrganisationId ? <OrganisationName id={it.operatorOrganisationId} /> : t('templates.everybody'),
        },
        {
          id: 'conditions',
          title: t('rules.conditions'),
          cell: ({ conditions }) => {
            const words = told(conditions)
            return words.length === 0 ? t('rules.always') : words.join(' · ')
          },
        },
        { id: 'stages', title: t('request.stages'), cell: (it) => <Stages route={it} /> },
        {
          id: 'acts',
          title: t('oversight.acts'),
          cell: (it) => (
            <Flex gap={6}>
              <EditRoute route={it} />
              <ActButton
                operation={routeWithdraw}
                label={t('rules.withdraw')}
                danger
                button={{ size: 'small', danger: true }}
                confirmation={it.name}
                callOf={() => ({ params: { routeId: it.id } })}
              >
                <Typography.Paragraph>{t('rules.withdrawHint')}</Typography.Paragraph>
              </ActButton>
            </Flex>
          ),
        },
      ]}
    />
  )
}

/** Whoever decides on what, as policy: of the routes that fit, the one with the lowest place. */
export const ApprovalRoutes = () => {
  const { t } = useTranslation()
  const asked = useAnswer(routeList, { query: { limit: 500 } })
  return (
    <Section title={t('rules.routes')} extra={<CreateRoute />}>
      <Typography.Paragraph type="secondary">{t('rules.routesHint')}</Typography.Paragraph>
      <Asked of={asked}>
        {({ items }) => {
          const valid = items.filter((it) => it.withdrawnAt === null)
          return valid.length === 0 ? <Nothing words={t('rules.noRoutes')} /> : <Routes items={valid} />
        }}
      </Asked>
    </Section>
  )
}
