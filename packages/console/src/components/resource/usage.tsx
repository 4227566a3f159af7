import { componentList, type Resource, usageList } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

/** What was metered of it, and from when to when: what its bills are made of. */
export const Usage = ({ of }: { readonly of: Resource }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { number } = useFormats()
  const components = useAnswer(componentList, { query: { limit: 500 } }).data?.items
  const asked = useAnswer(usageList, { query: { resourceId: of.id, limit: 100 } })
  return (
    <Section title={t('money.usage')}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('money.noUsage')}</Typography.Text>
          ) : (
            <PlainTable
              label={t('money.usage')}
              rows={items}
              idOf={(it) => it.id}
              columns={[
                {
                  id: 'component',
                  title: t('money.component'),
                  cell: (it) => components?.find((one) => one.id === it.componentId)?.name ?? it.componentId,
                },
                { id: 'phase', title: t('money.phase'), cell: (it) => word('phase', it.phase) },
                { id: 'quantity', title: t('money.quantity'), align: 'end', cell: (it) => number(it.quantity) },
                { id: 'since', title: t('money.since'), cell: (it) => <Instant at={it.startedAt} /> },
                {
                  id: 'until',
                  title: t('money.until'),
                  cell: (it) => <Instant at={it.endedAt} none={t('money.stillHeld')} />,
                },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
