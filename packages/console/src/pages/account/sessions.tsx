import { sessionEnd, sessionList } from '@yiduo/contract'
import { Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { agentName } from './agent-name.ts'

/** Where I am signed in; what I do not know I end. */
export const Sessions = () => {
  const { t } = useTranslation()
  const asked = useAnswer(sessionList, {})
  return (
    <Section title={t('account.sessions')}>
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
