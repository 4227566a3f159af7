import { orphanList } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { useKindWord } from './kind-word.ts'

/** What carries our mark on this cloud and belongs to nothing we hold: somebody has to look at it. */
export const Orphans = ({ platformId }: { readonly platformId: string }) => {
  const { t } = useTranslation()
  const words = useKindWord()
  const asked = useAnswer(orphanList, { query: { platformId } })
  return (
    <Section title={t('clouds.orphans')}>
      <Asked of={asked} waiting={<Waiting rows={1} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('clouds.noOrphans')}</Typography.Text>
          ) : (
            <>
              <Typography.Paragraph type="warning">{t('clouds.orphansHint')}</Typography.Paragraph>
              <PlainTable
                label={t('clouds.orphans')}
                rows={items}
                idOf={(it) => `${it.kind} ${it.externalId}`}
                columns={[
                  { id: 'kind', title: t('clouds.kind'), cell: (it) => words.kind(it.kind) },
                  { id: 'name', title: t('clouds.name'), cell: (it) => it.name },
                  { id: 'id', title: t('resources.externalId'), cell: (it) => <code>{it.externalId}</code> },
                  { id: 'mark', title: t('clouds.mark'), cell: (it) => <code>{it.mark}</code> },
                  { id: 'found', title: t('money.found'), cell: (it) => <Instant at={it.foundAt} /> },
                ]}
              />
            </>
          )
        }
      </Asked>
    </Section>
  )
}
