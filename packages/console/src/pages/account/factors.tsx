import { useQueryClient } from '@tanstack/react-query'
import { type SecondFactor, secondFactorList, secondFactorRemove } from '@yiduo/contract'
import { Button, Modal, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { settleSession } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { SetUpFactor } from '../../components/factor/set-up-factor.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

const AddFactor = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('account.addFactor')}
      </Button>
      {open && (
        <Modal open title={t('account.addFactor')} footer={null} onCancel={close} mask={{ closable: false }}>
          <SetUpFactor
            onDone={async (session) => {
              close()
              await settleSession(queries, session)
            }}
          />
        </Modal>
      )}
    </>
  )
}

const FactorTable = ({ items }: { readonly items: readonly SecondFactor[] }) => {
  const { t } = useTranslation()
  return (
    <PlainTable
      label={t('account.factors')}
      rows={items}
      idOf={(it) => it.id}
      columns={[
        { id: 'name', title: t('account.name'), cell: (it) => it.name },
        { id: 'kind', title: t('account.kind'), cell: (it) => t(`account.kinds.${it.kind}`) },
        { id: 'createdAt', title: t('requests.createdAt'), cell: (it) => <Instant at={it.createdAt} /> },
        {
          id: 'lastUsedAt',
          title: t('account.lastUsedAt'),
          cell: (it) => (it.lastUsedAt ? <Instant at={it.lastUsedAt} /> : t('account.never')),
        },
        {
          id: 'remove',
          title: t('oversight.acts'),
          cell: (it) => (
            <ActButton
              operation={secondFactorRemove}
              label={t('account.remove')}
              danger
              button={{ size: 'small', danger: true }}
              callOf={() => ({ params: { secondFactorId: it.id } })}
            >
              <Typography.Paragraph>{t('account.removeHint')}</Typography.Paragraph>
            </ActButton>
          ),
        },
      ]}
    />
  )
}

export const Factors = () => {
  const { t } = useTranslation()
  const asked = useAnswer(secondFactorList, {})
  return (
    <Section title={t('account.factors')} extra={<AddFactor />}>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? <Nothing words={t('account.noFactors')} /> : <FactorTable items={items} />
        }
      </Asked>
    </Section>
  )
}
