import { apiTokenCreate, apiTokenList, apiTokenRevoke } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { mayDo } from '../../api/permissions.ts'
import { useSession } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { operationChoices } from '../../components/token/operation-choices.ts'
import { TokenItems, type TokenValues, tokenBody } from '../../components/token/token-items.tsx'
import { TokenSection } from '../../components/token/token-section.tsx'
import { useTranslation } from '../../i18n/index.ts'

/** What my programs come with. */
export const Tokens = () => {
  const { t } = useTranslation()
  const session = useSession()
  const asked = useAnswer(apiTokenList, {})
  return (
    <TokenSection
      asked={asked}
      create={(onMade) => (
        <FormButton<typeof apiTokenCreate, TokenValues>
          operation={apiTokenCreate}
          label={t('account.createToken')}
          button={{ type: 'primary' }}
          callOf={(values) => ({ body: tokenBody(values) })}
          onDone={({ token }) => onMade(token)}
        >
          <TokenItems choices={operationChoices((it) => mayDo(session, it))} />
        </FormButton>
      )}
      revoke={(it) => (
        <ActButton
          operation={apiTokenRevoke}
          label={t('account.revoke')}
          danger
          button={{ size: 'small', danger: true }}
          callOf={() => ({ params: { apiTokenId: it.id } })}
        >
          <Typography.Paragraph>{t('account.revokeHint')}</Typography.Paragraph>
        </ActButton>
      )}
    />
  )
}
