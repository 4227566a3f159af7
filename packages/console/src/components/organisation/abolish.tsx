import { type Organisation, organisationAbolish } from '@yiduo/contract'
import { Form, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { ActButton } from '../act-dialog.tsx'
import { OrganisationSelect } from '../organisation-select.tsx'

/** Ends an organisation; what waits at it goes to another one. Its name is typed by whoever does it. */
export const AbolishButton = ({ organisation }: { readonly organisation: Organisation }) => {
  const { t } = useTranslation()
  const [successorId, setSuccessor] = useState<string>()
  if (organisation.endedAt !== null) return null
  return (
    <ActButton
      operation={organisationAbolish}
      label={t('organisations.abolish')}
      button={{ danger: true }}
      danger
      confirmation={organisation.name}
      ready={successorId !== undefined}
      callOf={() => ({ params: { organisationId: organisation.id }, body: { successorId: successorId ?? '' } })}
    >
      <Typography.Paragraph>{t('organisations.abolishHint')}</Typography.Paragraph>
      <Form.Item label={t('organisations.successor')} required layout="vertical" htmlFor="successor">
        <OrganisationSelect
          id="successor"
          {...(successorId ? { value: successorId } : {})}
          onChange={(next) => setSuccessor(next)}
        />
      </Form.Item>
    </ActButton>
  )
}
