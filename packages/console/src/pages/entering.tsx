import { useQueryClient } from '@tanstack/react-query'
import type { Session } from '@yiduo/contract'
import { Button, Flex, Typography } from 'antd'
import { settleSession, useLogOut } from '../api/session.ts'
import { ProveFactor } from '../components/factor/prove-factor.tsx'
import { SetUpFactor } from '../components/factor/set-up-factor.tsx'
import { useTranslation } from '../i18n/index.ts'
import styles from './log-in.module.css'
import { PasswordPage } from './password.tsx'

/** The rest of a log-in: what the session lacks is asked for, and nothing else is there yet. */
export const EnteringPage = ({ stage }: { readonly stage: Exclude<Session['stage'], 'complete'> }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const logOut = useLogOut()
  if (stage === 'password-change') return <PasswordPage required />
  const settle = (session: Session) => settleSession(queries, session)
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Flex vertical gap={12}>
          <Typography.Title level={1} className={styles.product}>
            {t(stage === 'second-factor' ? 'account.proveTitle' : 'account.setUpTitle')}
          </Typography.Title>
          <Typography.Text type="secondary">
            {t(stage === 'second-factor' ? 'account.proveHint' : 'account.setUpHint')}
          </Typography.Text>
          {stage === 'second-factor' ? <ProveFactor onProven={settle} /> : <SetUpFactor onDone={settle} />}
          <Button type="link" onClick={() => void logOut()}>
            {t('shell.logOut')}
          </Button>
        </Flex>
      </div>
    </main>
  )
}
