import { type Person, serviceTokenCreate, serviceTokenList, serviceTokenRevoke } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { operationChoices } from '../../components/token/operation-choices.ts'
import { TokenItems, type TokenValues, tokenBody } from '../../components/token/token-items.tsx'
import { TokenSection } from '../../components/token/token-section.tsx'
import { useTranslation } from '../../i18n/index.ts'

/** What a service account comes with: made by the system administrator, who cannot grant it anything. */
export const ServiceTokens = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation()
  const params = { personId: person.id }
  const asked = useAnswer(serviceTokenList, { params })
  return (
    <TokenSection
      asked={asked}
      create={(onMade) =>
        person.endedAt === null && (
          <FormButton<typeof serviceTokenCreate, TokenValues>
            operation={serviceTokenCreate}
            label={t('account.createToken')}
            button={{ type: 'primary' }}
            callOf={(values) => ({ params, body: tokenBody(values) })}
            onDone={({ token }) => onMade(token)}
          >
            <TokenItems choices={operationChoices(() => true)} />
          </FormButton>
        )
      }
      revoke={(it) => (
        <ActButton
          operation={serviceTokenRevoke}
          label={t('account.revoke')}
          danger
          button={{ size: 'small', danger: true }}
          callOf={() => ({ params: { ...params, apiTokenId: it.id } })}
        >
          <Typography.Paragraph>{t('account.revokeHint')}</Typography.Paragraph>
        </ActButton>
      )}
    />
  )
}
