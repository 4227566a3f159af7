import { Link } from '@tanstack/react-router'
import { type Offering, offeringList, type Template, templateList } from '@yiduo/contract'
import { Button, Flex, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import styles from '../../components/catalogue/catalogue.module.css'
import { PlanCard } from '../../components/catalogue/plan-card.tsx'
import { PlanComparison } from '../../components/catalogue/plan-comparison.tsx'
import { TemplateCard } from '../../components/catalogue/template-card.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'

const whole = { query: { limit: 500 } } as const

const Templates = ({ templates }: { readonly templates: readonly Template[] }) => {
  const { t } = useTranslation()
  if (templates.length === 0) return null
  return (
    <Section title={t('catalogue.templates')}>
      <ul className={styles.cards}>
        {templates.map((it) => (
          <TemplateCard key={it.id} of={it} />
        ))}
      </ul>
    </Section>
  )
}

/** Offerings one below the other, their plans as cards; what is ticked is compared on top, and the address keeps it. */
const Offerings = ({ offerings }: { readonly offerings: readonly Offering[] }) => {
  const { t } = useTranslation()
  const [{ compare = '' }, setFilters] = useFilters(['compare'])
  const ids = compare.split(',').filter((it) => it !== '')
  const choose = (id: string, wanted: boolean) => {
    const next = wanted ? [...ids, id] : ids.filter((it) => it !== id)
    setFilters({ compare: next.join(',') || undefined })
  }
  const all = offerings.flatMap((offering) => offering.plans.map((plan) => ({ plan, offering })))
  const compared = ids.flatMap((id) => all.find((it) => it.plan.id === id) ?? [])
  if (all.length === 0) return <Nothing words={t('catalogue.empty')} />
  return (
    <>
      {compared.length > 0 && (
        <Section
          title={t('catalogue.compared', { count: compared.length })}
          extra={<Button onClick={() => setFilters({ compare: undefined })}>{t('catalogue.endComparing')}</Button>}
        >
          <PlanComparison plans={compared} />
        </Section>
      )}
      <Section title={t('catalogue.servers')}>
        {offerings.map((offering) => (
          <div key={offering.id} className={styles.offering}>
            <Flex justify="space-between" gap={8} align="center" wrap>
              <Flex gap={8} align="center">
                <h3>{offering.name}</h3>
                <Tag>{offering.architecture}</Tag>
              </Flex>
              <Flex gap={8} wrap>
                <Typography.Text type="secondary">
                  {t('catalogue.facts', { days: offering.testDays, vcpus: offering.approvedByRuleUpToVcpus })}
                </Typography.Text>
                <Link to={paths.offering(offering.id)} aria-label={`${t('catalogue.compareAll')} ${offering.name}`}>
                  {t('catalogue.compareAll')}
                </Link>
              </Flex>
            </Flex>
            <ul className={styles.cards}>
              {offering.plans.map((plan) => (
                <PlanCard
                  key={plan.id}
                  of={{ plan, offering }}
                  compared={ids.includes(plan.id)}
                  onCompare={(wanted) => choose(plan.id, wanted)}
                />
              ))}
            </ul>
          </div>
        ))}
      </Section>
    </>
  )
}

export const CataloguePage = () => {
  const { t } = useTranslation()
  const offerings = useAnswer(offeringList, whole)
  const templates = useAnswer(templateList, { query: { limit: 500, state: 'released' } })
  return (
    <Page title={t('pages.catalogue')} hint={t('catalogue.hint')}>
      <Asked of={offerings}>
        {({ items }) => <Offerings offerings={items.filter((it) => it.released && it.plans.length > 0)} />}
      </Asked>
      <Asked of={templates} waiting={null}>
        {({ items }) => <Templates templates={items} />}
      </Asked>
    </Page>
  )
}
