import { Link, useParams } from '@tanstack/react-router'
import { requestCreate, templateGet } from '@yiduo/contract'
import { Button, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import styles from '../../components/catalogue/catalogue.module.css'
import { MonthlyPrice } from '../../components/catalogue/price.tsx'
import { TemplateActs, useOwnTemplates } from '../../components/catalogue/template-acts.tsx'
import { usePlans } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

/** A whole application: its parts, and what they cost together. */
export const TemplatePage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const plans = usePlans()
  const { storage } = useFormats()
  const isOurs = useOwnTemplates()
  const { templateId = '' } = useParams({ strict: false })
  const asked = useAnswer(templateGet, { params: { templateId } })
  return (
    <Asked of={asked}>
      {(it) => (
        <Page
          title={it.name}
          tag={<StateTag of="templateState" state={it.state} />}
          hint={it.description}
          crumbs={[{ title: t('pages.catalogue'), to: paths.catalogue() }]}
          actions={
            <>
              {may(requestCreate) && it.state === 'released' && (
                <Link to={paths.newRequest()} search={{ templateId: it.id }}>
                  <Button type="primary">{t('catalogue.order')}</Button>
                </Link>
              )}
              {isOurs(it) && <TemplateActs template={it} />}
            </>
          }
        >
          {it.refusals.map((fault) => (
            <FaultNote key={fault.code + fault.message} fault={fault} type="warning" />
          ))}
          <Section title={t('catalogue.parts')} extra={<MonthlyPrice yuanE4={it.monthlyPriceYuanE4} strong />}>
            <ul className={styles.cards}>
              {it.parts.map((part) => (
                <li key={part.code} className={styles.card}>
                  <h3>
                    {part.name} ×{part.quantity}
                  </h3>
                  <p>{plans.get(part.planId)?.plan.name ?? part.planId}</p>
                  <p>
                    {[
                      part.imageName,
                      part.dataVolumeGib > 0 && t('request.dataVolume', { size: storage(part.dataVolumeGib) }),
                      part.publicAddress && t('request.withAddress'),
                    ]
                      .filter((one) => one)
                      .join(' · ')}
                  </p>
                  <MonthlyPrice yuanE4={part.monthlyPriceYuanE4} />
                  {part.minimumQuantity !== part.maximumQuantity && (
                    <Typography.Text type="secondary">
                      {t('catalogue.between', { least: part.minimumQuantity, most: part.maximumQuantity })}
                    </Typography.Text>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        </Page>
      )}
    </Asked>
  )
}
