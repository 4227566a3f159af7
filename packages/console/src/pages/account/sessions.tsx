import { type OwnSession, sessionEnd, sessionList } from '@yiduo/contract'
import { Button, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { client } from '../../api/client.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { BulkDialog } from '../../components/bulk-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { agentName } from './agent-name.ts'

/** All but the one I sit at: after a lost telephone, or a password that somebody saw. */
const EndOthers = ({ others }: { readonly others: readonly OwnSession[] }) => {
  const { t } = useTranslation()
  const { instant } = useFormats()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button danger disabled={others.length === 0} onClick={() => setOpen(true)}>
        {t('account.endOthers')}
      </Button>
      {open && (
        <BulkDialog
          act={t('account.endOthers')}
          danger
          items={others.map((it) => ({
            id: it.id,
            title: joined([it.agent !== null && agentName(it.agent), it.address, instant(it.createdAt)]),
          }))}
          run={async (sessionId) => void (await client().call(sessionEnd, { params: { sessionId } }))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** Where I am signed in; what I do not know I end. */
export const Sessions = () => {
  const { t } = useTranslation()
  const asked = useAnswer(sessionList, {})
  return (
    <Section
      title={t('account.sessions')}
      extra={asked.data && <EndOthers others={asked.data.items.filter((it) => !it.current)} />}
    >
      <Asked of={asked}>
        {({ items }) => (
          <PlainTable
            label={t('account.sessions')}
            rows={items}
            idOf={(it) => it.id}
            columns={[
              { id: 'agent', title: t('account.agent'), cell: (it) => (it.agent === null ? '–' : agentName(it.agent)) },
              { id: 'address', title: t('account.address'), cell: (it) => it.address ?? '–' },
              { id: 'createdAt', title: t('account.signedInAt'), cell: (it) => <Instant at={it.createdAt} /> },
              { id: 'lastUsedAt', title: t('account.lastUsedAt'), cell: (it) => <Instant at={it.lastUsedAt} /> },
              {
                id: 'end',
                title: t('oversight.acts'),
                cell: (it) =>
                  it.current ? (
                    <Tag color="success" variant="filled">
                      {t('account.current')}
                    </Tag>
                  ) : (
                    <ActButton
                      operation={sessionEnd}
                      label={t('account.endSession')}
                      button={{ size: 'small' }}
                      callOf={() => ({ params: { sessionId: it.id } })}
                    >
                      <Typography.Paragraph>{t('account.endSessionHint')}</Typography.Paragraph>
                    </ActButton>
                  ),
              },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
