import { Alert, Button, Flex } from 'antd'
import { useTranslation } from '../i18n/index.ts'
import { PlainTable } from './plain-table.tsx'

/** One thing that two people said differently. */
export interface Disagreement {
  readonly field: string
  readonly latest: string
  readonly own: string
}

/** Somebody else has changed it since it was read: what they say beside what is being said here, and both ways on. */
export const Conflict = ({
  name,
  of,
  onLoad,
  onKeep,
}: {
  readonly name: string
  readonly of: readonly Disagreement[]
  /** Takes theirs. */
  readonly onLoad: () => void
  /** Goes on with one's own, which then takes the place of theirs. */
  readonly onKeep: () => void
}) => {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('states.stale', { name })}
      description={
        <Flex vertical gap={10}>
          <span>{t('states.staleCompare')}</span>
          {of.length > 0 && (
            <PlainTable
              label={t('states.stale', { name })}
              rows={of}
              idOf={(it) => it.field}
              columns={[
                { id: 'field', title: t('oversight.field'), cell: (it) => it.field },
                { id: 'latest', title: t('states.staleLatest'), cell: (it) => it.latest || '–' },
                { id: 'own', title: t('states.staleOwn'), cell: (it) => it.own || '–' },
              ]}
            />
          )}
          <Flex gap={8} wrap>
            <Button size="small" type="primary" onClick={onKeep}>
              {t('states.staleKeep')}
            </Button>
            <Button size="small" onClick={onLoad}>
              {t('states.staleLoad')}
            </Button>
          </Flex>
        </Flex>
      }
    />
  )
}
