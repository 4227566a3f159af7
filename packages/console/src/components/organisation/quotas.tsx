import {
  measures,
  type Quota,
  quotaList,
  quotaSet,
  type SystemQuota,
  systemQuotaList,
  systemQuotaRemove,
  systemQuotaSet,
} from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/page.tsx'
import { ActButton } from '../act-dialog.tsx'
import { FormButton } from '../form-dialog.tsx'
import { NumberItem } from '../form-items.tsx'
import styles from './organisation.module.css'

type Measure = (typeof measures)[number]

interface Limit {
  readonly limit: number
}

const largest = 1_000_000_000

const LimitItem = ({ measure, held }: { readonly measure: Measure; readonly held: number }) => {
  const { t } = useTranslation()
  return (
    <NumberItem
      name="limit"
      label={t(`measures.${measure}`)}
      extra={t('organisations.heldNow', { count: held })}
      max={largest}
    />
  )
}

/** One measure a row: how much of it is taken, and what can be done about the limit. */
const QuotaRows = ({
  items,
  none,
  actsOf,
}: {
  readonly items: readonly Pick<Quota, 'measure' | 'limit' | 'held'>[]
  readonly none: string
  readonly actsOf: (measure: Measure, of: Pick<Quota, 'limit' | 'held'> | undefined) => ReactNode
}) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <Flex vertical gap={10} className={styles.quotas}>
      {measures.map((measure) => {
        const of = items.find((it) => it.measure === measure)
        return (
          <Flex key={measure} gap={16} align="center">
            <div className={styles.meter}>
              {of ? (
                <Meter
                  label={t(`measures.${measure}`)}
                  used={of.held}
                  limit={of.limit}
                  show={number}
                  none={t('oversight.noLimit')}
                />
              ) : (
                <Flex justify="space-between">
                  <span>{t(`measures.${measure}`)}</span>
                  <Typography.Text type="secondary">{none}</Typography.Text>
                </Flex>
              )}
            </div>
            {actsOf(measure, of)}
          </Flex>
        )
      })}
    </Flex>
  )
}

/** What an organisation may hold, and holds. */
export const OrganisationQuotas = ({ organisationId }: { readonly organisationId: string }) => {
  const { t } = useTranslation()
  const asked = useAnswer(quotaList, { params: { organisationId } })
  const edit = (measure: Measure, of: Pick<Quota, 'limit' | 'held'> | undefined) => (
    <FormButton<typeof quotaSet, Limit>
      operation={quotaSet}
      label={t(of ? 'states.edit' : 'organisations.setQuota')}
      button={{ size: 'small' }}
      initial={of ? { limit: of.limit } : {}}
      edits={{ name: t('oversight.quotas') }}
      callOf={(body) => ({ params: { organisationId, measure }, body })}
    >
      <LimitItem measure={measure} held={of?.held ?? 0} />
    </FormButton>
  )
  return (
    <Section title={t('oversight.quotas')}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) => <QuotaRows items={items} none={t('organisations.noQuota')} actsOf={edit} />}
      </Asked>
    </Section>
  )
}

/** A system's own limits, beside its organisation's: what is asked for must fit both. */
export const SystemQuotas = ({ systemId }: { readonly systemId: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const asked = useAnswer(systemQuotaList, { params: { systemId } })
  const acts = (measure: Measure, of: Pick<SystemQuota, 'limit' | 'held'> | undefined) => (
    <>
      <FormButton<typeof systemQuotaSet, Limit>
        operation={systemQuotaSet}
        label={t(of ? 'states.edit' : 'organisations.setQuota')}
        button={{ size: 'small' }}
        initial={of ? { limit: of.limit } : {}}
        edits={{ name: t('systems.quota') }}
        callOf={(body) => ({ params: { systemId, measure }, body })}
      >
        <LimitItem measure={measure} held={of?.held ?? 0} />
      </FormButton>
      {of && (
        <ActButton
          operation={systemQuotaRemove}
          label={t('states.remove')}
          button={{ size: 'small' }}
          callOf={() => ({ params: { systemId, measure } })}
        >
          <Typography.Paragraph>{t('organisations.removeSystemQuotaHint')}</Typography.Paragraph>
        </ActButton>
      )}
    </>
  )
  return (
    <Section title={t('systems.quota')}>
      <Typography.Paragraph type="secondary">{t('organisations.systemQuotaHint')}</Typography.Paragraph>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) =>
          items.length === 0 && !may(systemQuotaSet) ? (
            <Typography.Text type="secondary">{t('organisations.noSystemQuota')}</Typography.Text>
          ) : (
            <QuotaRows items={items} none={t('organisations.noSystemQuota')} actsOf={acts} />
          )
        }
      </Asked>
    </Section>
  )
}
