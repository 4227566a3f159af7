import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Spin, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { completeSignOn, leaveSignOn, type SignOnReturn } from '../api/sign-on.ts'
import { useTranslation } from '../i18n/index.ts'
import { ProblemNote } from '../ui/problem.tsx'
import styles from './log-in.module.css'

/** Back from an issuer: the log-in is completed, or it is said why not. */
export const SignOnPage = ({ parameters }: { readonly parameters: SignOnReturn }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [isForeign, setForeign] = useState(false)
  useEffect(() => {
    completeSignOn(queries, parameters).then((session) => setForeign(session === null), setError)
  }, [queries, parameters])
  const isOver = isForeign || error !== null
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Flex vertical gap={16}>
          <Typography.Title level={1} className={styles.product}>
            {t(isOver ? 'shell.login.notCompleted' : 'shell.login.completing')}
          </Typography.Title>
          {isForeign && <Alert type="warning" showIcon title={t('shell.login.notBegun')} />}
          <ProblemNote error={error} />
          {isOver ? (
            <Button type="primary" block onClick={() => leaveSignOn()}>
              {t('shell.login.toLogIn')}
            </Button>
          ) : (
            <Spin />
          )}
        </Flex>
      </div>
    </main>
  )
}
