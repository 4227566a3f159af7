import { Link } from '@tanstack/react-router'
import { auditCheckpoints } from '@yiduo/contract'
import { Button, Flex } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { useFilters } from '../../ui/search.ts'

const pageLength = 50

/** The signatures over the trail, the newest first; each can be printed and kept elsewhere. */
export const Checkpoints = () => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const [filters, setFilters] = useFilters(['before'])
  const before = Number(filters.before)
  const query = { limit: pageLength, ...(Number.isInteger(before) && before > 0 ? { before } : {}) }
  const asked = useAnswer(auditCheckpoints, { query }, { keepPrevious: true })
  return (
    <Section title={t('trail.tabs.checkpoints')}>
      <p>{t('trail.checkpointsHint')}</p>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('trail.noCheckpoints')} />
          ) : (
            <>
              <PlainTable
                label={t('trail.tabs.checkpoints')}
                rows={items}
                idOf={(it) => String(it.number)}
                columns={[
                  {
                    id: 'number',
                    title: t('trail.number'),
                    cell: (it) => <Link to={paths.checkpoint(it.number)}>{t('trail.of', { number: it.number })}</Link>,
                  },
                  {
                    id: 'position',
                    title: t('trail.upTo'),
                    cell: (it) => t('trail.sealedUpToValue', { position: number(it.position) }),
                  },
                  { id: 'at', title: t('trail.sealedAt'), cell: (it) => <Instant at={it.at} /> },
                  { id: 'key', title: t('trail.key'), cell: (it) => t('trail.keyValue', { number: it.keyNumber }) },
                ]}
              />
              <Flex gap={8} style={{ marginTop: 12 }}>
                {filters.before !== undefined && (
                  <Button onClick={() => setFilters({ before: undefined })}>{t('trail.newer')}</Button>
                )}
                {items.length === pageLength && (
                  <Button onClick={() => setFilters({ before: String(items.at(-1)?.number) })}>
                    {t('trail.older')}
                  </Button>
                )}
              </Flex>
            </>
          )
        }
      </Asked>
    </Section>
  )
}
