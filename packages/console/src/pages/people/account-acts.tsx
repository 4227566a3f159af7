import { type Person, passwordRemove, passwordReset, personEnd, secondFactorReset } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../api/session.ts'
import { ActButton, Losses } from '../../components/act-dialog.tsx'
import { ShownOnce } from '../../components/token/shown-once.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Section } from '../../ui/page.tsx'

/** What another administrator does to an account; each of them may do a part. */
export const AccountActs = ({ person, onEnded }: { readonly person: Person; readonly onEnded: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const session = useSession()
  const [password, setPassword] = useState<string | null>(null)
  const call = () => ({ params: { personId: person.id } })
  const isOneself = session.person.id === person.id
  if (isOneself || ![passwordReset, passwordRemove, secondFactorReset, personEnd].some(may)) return null
  return (
    <Section title={t('oversight.account')}>
      <Flex gap={8} wrap>
        {person.kind === 'person' && (
          <>
            <ActButton
              operation={passwordReset}
              label={t('oversight.resetPassword')}
              callOf={call}
              onDone={({ oneTimePassword }) => setPassword(oneTimePassword)}
            >
              <Typography.Paragraph>{t('oversight.resetPasswordHint', { name: person.name })}</Typography.Paragraph>
              {!person.hasPassword && (
                <Typography.Paragraph type="warning">{t('oversight.resetElsewhereHint')}</Typography.Paragraph>
              )}
            </ActButton>
            {person.hasPassword && (
              <ActButton
                operation={passwordRemove}
                label={t('oversight.removePassword')}
                danger
                callOf={call}
                onDone={onEnded}
              >
                <Typography.Paragraph>{t('oversight.removePasswordHint', { name: person.name })}</Typography.Paragraph>
              </ActButton>
            )}
            <ActButton operation={secondFactorReset} label={t('oversight.resetFactors')} callOf={call}>
              <Typography.Paragraph>{t('oversight.resetFactorsHint', { name: person.name })}</Typography.Paragraph>
            </ActButton>
          </>
        )}
        <ActButton
          operation={personEnd}
          label={t('oversight.end')}
          danger
          button={{ danger: true }}
          confirmation={person.login}
          callOf={call}
          onDone={onEnded}
        >
          <Losses items={[t('oversight.endsSessions'), t('oversight.endsGrants'), t('oversight.endsForGood')]} />
        </ActButton>
      </Flex>
      {password !== null && (
        <ShownOnce
          title={t('oversight.oneTimePassword')}
          hint={t('oversight.oneTimeHint')}
          secret={password}
          onClose={() => setPassword(null)}
        />
      )}
    </Section>
  )
}
