import { type Grant, grantRevoke } from '@yiduo/contract'
import { Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { ActButton } from '../act-dialog.tsx'

/** Takes a grant back; of one that follows claims it is said first that this is not the end of it. */
export const RevokeGrant = ({
  grant: { id, provider },
  hint,
  onDone,
}: {
  readonly grant: Grant
  readonly hint: string
  readonly onDone?: (() => void) | undefined
}) => {
  const { t } = useTranslation()
  return (
    <ActButton
      operation={grantRevoke}
      label={t('oversight.revoke')}
      danger
      button={{ size: 'small', danger: true }}
      callOf={() => ({ params: { grantId: id }, query: provider ? { returns: true } : {} })}
      onDone={() => onDone?.()}
    >
      <Typography.Paragraph>{hint}</Typography.Paragraph>
      {provider && (
        <Typography.Paragraph type="warning">
          {t('grants.returnsHint', { provider: provider.name })}
        </Typography.Paragraph>
      )}
    </ActButton>
  )
}
