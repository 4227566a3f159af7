import { type Offering, offeringPlaces, type Place } from '@yiduo/contract'
import { Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

const Offered = ({ place, offering }: { readonly place: Place; readonly offering: Offering }) => {
  const { t } = useTranslation()
  if (place.reason) return <Typography.Text type="secondary">{place.reason.message}</Typography.Text>
  const missing = offering.plans.filter((it) => !place.planIds.includes(it.id))
  if (missing.length === 0) return <Tag color="success">{t('catalogue.offeredAll')}</Tag>
  return (
    <>
      <Tag color="warning">{t('catalogue.offeredSome', { count: place.planIds.length })}</Tag>
      <Typography.Text type="secondary">
        {t('catalogue.notOffered', { names: missing.map((it) => it.name).join(', ') })}
      </Typography.Text>
    </>
  )
}

/** Where an offering can be had now, and why not elsewhere. */
export const Places = ({ offering }: { readonly offering: Offering }) => {
  const { t } = useTranslation()
  const asked = useAnswer(offeringPlaces, { params: { offeringId: offering.id } })
  return (
    <Section title={t('catalogue.places')}>
      <Typography.Paragraph type="secondary">{t('catalogue.placesHint')}</Typography.Paragraph>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('catalogue.noPlaces')}</Typography.Text>
          ) : (
            <PlainTable
              label={t('catalogue.places')}
              rows={items}
              idOf={(it) => it.platformId}
              columns={[
                { id: 'node', title: t('clouds.node'), cell: (it) => it.nodeName },
                { id: 'platform', title: t('request.platform'), cell: (it) => it.platformName },
                { id: 'architecture', title: t('catalogue.architecture'), cell: (it) => it.architecture },
                {
                  id: 'grade',
                  title: t('catalogue.gradeUpTo'),
                  cell: (it) => t('terms.grade', { grade: it.securityGrade }),
                },
                {
                  id: 'offered',
                  title: t('catalogue.offered'),
                  cell: (it) => <Offered place={it} offering={offering} />,
                },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
