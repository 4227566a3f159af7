import { useParams } from '@tanstack/react-router'
import { offeringGet, offeringPlaces } from '@yiduo/contract'
import { Tag } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { Places } from '../../components/catalogue/places.tsx'
import { PlanComparison } from '../../components/catalogue/plan-comparison.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'

/** One offering: all its plans beside each other. */
export const OfferingPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { offeringId = '' } = useParams({ strict: false })
  const asked = useAnswer(offeringGet, { params: { offeringId } })
  return (
    <Asked of={asked}>
      {(offering) => (
        <Page
          title={offering.name}
          tag={<Tag>{offering.architecture}</Tag>}
          crumbs={[{ title: t('pages.catalogue'), to: paths.catalogue() }]}
          hint={offering.released ? undefined : t('catalogue.withdrawn')}
        >
          <Section title={t('catalogue.plans')}>
            {offering.plans.length === 0 ? (
              <Nothing words={t('catalogue.empty')} />
            ) : (
              <PlanComparison plans={offering.plans.map((plan) => ({ plan, offering }))} />
            )}
          </Section>
          {may(offeringPlaces) && <Places offering={offering} />}
        </Page>
      )}
    </Asked>
  )
}
