import {
  type Resource,
  resourceGet,
  type Snapshot,
  snapshotList,
  volumeRemoveSnapshot,
  volumeRemoveSnapshotQuote,
  volumeRestoreSnapshot,
  volumeRestoreSnapshotQuote,
} from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ChangeButton } from '../change-dialog.tsx'

const SnapshotRow = ({ it }: { readonly it: Snapshot }) => {
  const { t } = useTranslation()
  const { storage } = useFormats()
  // Going back loses what the volume holds now: it is the volume's name that is typed.
  const { data: volume } = useAnswer(resourceGet, { params: { resourceId: it.volumeId } })
  const callOf = (confirmation: string) =>
    confirmation === '' ? null : { params: { volumeId: it.volumeId }, body: { snapshotId: it.id, confirmation } }
  return (
    <Flex justify="space-between" gap={8} wrap align="center">
      <Flex gap={8} wrap align="center">
        <strong>{it.name}</strong>
        <StateTag of="snapshotState" state={it.state} />
        <Typography.Text type="secondary">{storage(it.sizeGib)}</Typography.Text>
        <Instant at={it.createdAt} />
      </Flex>
      {it.state === 'ready' && (
        <Flex gap={6}>
          {it.restorable && volume && (
            <ChangeButton
              ask={volumeRestoreSnapshot}
              quote={volumeRestoreSnapshotQuote}
              label={t('resources.restoreSnapshot')}
              button={{ size: 'small' }}
              confirmation={volume.name}
              callOf={callOf}
            >
              <p>{t('resources.restoreSnapshotHint')}</p>
            </ChangeButton>
          )}
          <ChangeButton
            ask={volumeRemoveSnapshot}
            quote={volumeRemoveSnapshotQuote}
            label={t('states.remove')}
            button={{ size: 'small', danger: true }}
            confirmation={it.name}
            callOf={callOf}
          />
        </Flex>
      )}
    </Flex>
  )
}

/** Snapshots of one volume, or of all that a server has. */
export const Snapshots = ({ of }: { readonly of: Resource }) => {
  const { t } = useTranslation()
  const asked = useAnswer(snapshotList, {
    query: { limit: 100, ...(of.kind === 'volume' ? { volumeId: of.id } : { serverId: of.id }) },
  })
  return (
    <Section title={t('resources.snapshots')}>
      <Asked of={asked}>
        {({ items }) => (
          <Flex vertical gap={10}>
            {items.length === 0 && <Typography.Text type="secondary">{t('resources.noSnapshots')}</Typography.Text>}
            {items.map((it) => (
              <SnapshotRow key={it.id} it={it} />
            ))}
          </Flex>
        )}
      </Asked>
    </Section>
  )
}
