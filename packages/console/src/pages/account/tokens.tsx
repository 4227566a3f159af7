import { type ApiToken, apiTokenCreate, apiTokenList, apiTokenRevoke } from '@yiduo/contract'
import { Form, Modal, Select, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useSession } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { DateItem, TextItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { dayOf, endOfDay } from '../../ui/day.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { operationChoices } from './operation-choices.ts'

interface Values {
  readonly name: string
  readonly operations: string[]
  readonly lastDay: string
}

const CreateToken = ({ onMade }: { readonly onMade: (token: string) => void }) => {
  const { t } = useTranslation()
  const session = useSession()
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <FormButton<typeof apiTokenCreate, Values>
      operation={apiTokenCreate}
      label={t('account.createToken')}
      button={{ type: 'primary' }}
      callOf={({ name, operations, lastDay }) => ({ body: { name, operations, expiresAt: endOfDay(lastDay) } })}
      onDone={({ token }) => onMade(token)}
    >
      <TextItem name="name" label={t('account.name')} />
      <Form.Item name="operations" label={t('account.operations')} extra={t('account.operationsHint')} rules={rules}>
        <Select mode="multiple" options={operationChoices(session)} />
      </Form.Item>
      <DateItem name="lastDay" label={t('account.lastDay')} min={dayOf(now())} />
    </FormButton>
  )
}

/** Nobody can show it again: it stays until it is put away. */
const MadeToken = ({ token, onClose }: { readonly token: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('account.tokenMade')}
      okText={t('account.tokenKept')}
      onOk={onClose}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      cancelButtonProps={{ hidden: true }}
    >
      <Typography.Paragraph type="warning">{t('account.tokenOnce')}</Typography.Paragraph>
      <Typography.Text code copyable>
        {token}
      </Typography.Text>
    </Modal>
  )
}

/** What became of it; null while it is good. */
const endOf = ({ endedAt, expiresAt }: ApiToken): 'revoked' | 'expired' | null => {
  if (endedAt !== null) return 'revoked'
  return Date.parse(expiresAt) <= now() ? 'expired' : null
}

const Revoke = ({ token }: { readonly token: ApiToken }) => {
  const { t } = useTranslation()
  const end = endOf(token)
  if (end !== null) return <Tag variant="filled">{t(`account.tokenStates.${end}`)}</Tag>
  return (
    <ActButton
      operation={apiTokenRevoke}
      label={t('account.revoke')}
      danger
      button={{ size: 'small', danger: true }}
      callOf={() => ({ params: { apiTokenId: token.id } })}
    >
      <Typography.Paragraph>{t('account.revokeHint')}</Typography.Paragraph>
    </ActButton>
  )
}

const TokenTable = ({ items }: { readonly items: readonly ApiToken[] }) => {
  const { t } = useTranslation()
  return (
    <PlainTable
      label={t('account.tokens')}
      rows={items}
      idOf={(it) => it.id}
      columns={[
        { id: 'name', title: t('account.name'), cell: (it) => it.name },
        { id: 'operations', title: t('account.operations'), cell: (it) => it.operations.join(', ') },
        { id: 'expiresAt', title: t('account.lastDay'), cell: (it) => <Instant at={it.expiresAt} /> },
        {
          id: 'lastUsedAt',
          title: t('account.lastUsedAt'),
          cell: (it) => (it.lastUsedAt ? <Instant at={it.lastUsedAt} /> : t('account.never')),
        },
        { id: 'revoke', title: t('oversight.acts'), cell: (it) => <Revoke token={it} /> },
      ]}
    />
  )
}

export const Tokens = () => {
  const { t } = useTranslation()
  const asked = useAnswer(apiTokenList, {})
  const [made, setMade] = useState<string | null>(null)
  return (
    <Section title={t('account.tokens')} extra={<CreateToken onMade={setMade} />}>
      <Asked of={asked}>
        {({ items }) => (items.length === 0 ? <Nothing words={t('account.noTokens')} /> : <TokenTable items={items} />)}
      </Asked>
      {made !== null && <MadeToken token={made} onClose={() => setMade(null)} />}
    </Section>
  )
}
