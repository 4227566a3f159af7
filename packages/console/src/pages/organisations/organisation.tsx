import { Link, useParams } from '@tanstack/react-router'
import { budgetList, type Organisation, organisationGet, processPolicyGet, quotaList } from '@yiduo/contract'
import { Tag } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { OrganisationName } from '../../components/names.tsx'
import { AbolishButton } from '../../components/organisation/abolish.tsx'
import { Budgets } from '../../components/organisation/budgets.tsx'
import { ProcessPolicySection } from '../../components/organisation/process-policy.tsx'
import { OrganisationQuotas } from '../../components/organisation/quotas.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page, Section } from '../../ui/page.tsx'
import { CreateOrganisation } from './create-organisation.tsx'
import { OrganisationList } from './organisation-list.tsx'

const Whole = ({ organisation }: { readonly organisation: Organisation }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { day } = useFormats()
  return (
    <Page
      title={organisation.name}
      tag={organisation.endedAt && <Tag>{t('oversight.endedAt')}</Tag>}
      crumbs={[{ title: t('pages.organisations'), to: paths.organisations() }]}
      actions={
        <>
          <CreateOrganisation parentId={organisation.id} />
          <AbolishButton organisation={organisation} />
        </>
      }
    >
      <Section title={t('request.overview')}>
        <Facts
          of={[
            { label: t('oversight.level'), value: t(`terms.levels.${organisation.level}`) },
            { label: t('oversight.actorKind'), value: t(`terms.actors.${organisation.actor}`) },
            { label: t('oversight.division'), value: organisation.divisionCode },
            organisation.parentId !== null && {
              label: t('oversight.parent'),
              value: (
                <Link to={paths.organisation(organisation.parentId)}>
                  <OrganisationName id={organisation.parentId} />
                </Link>
              ),
            },
            organisation.consolidates && { label: t('oversight.consolidates'), value: t('states.yes') },
            organisation.endedAt !== null && { label: t('oversight.endedAt'), value: day(organisation.endedAt) },
          ]}
        />
      </Section>
      {may(quotaList) && <OrganisationQuotas organisationId={organisation.id} />}
      {may(budgetList) && <Budgets organisationId={organisation.id} />}
      {may(processPolicyGet) && organisation.actor === 'operator' && (
        <ProcessPolicySection organisationId={organisation.id} />
      )}
      <Section title={t('oversight.below')}>
        <div style={{ height: 420, display: 'flex' }}>
          <OrganisationList parentId={organisation.id} />
        </div>
      </Section>
    </Page>
  )
}

export const OrganisationPage = () => {
  const { organisationId = '' } = useParams({ strict: false })
  const asked = useAnswer(organisationGet, { params: { organisationId } })
  return <Asked of={asked}>{(organisation) => <Whole key={organisation.id} organisation={organisation} />}</Asked>
}
