import { useQueryClient } from '@tanstack/react-query'
import { aboutGet, type Session } from '@yiduo/contract'
import { Button, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../api/answers.ts'
import { logIn } from '../api/session.ts'
import { SignOnPlaces } from '../components/sign-on-places.tsx'
import { useTranslation } from '../i18n/index.ts'
import { localePreference } from '../preferences.ts'
import { ProblemNote } from '../ui/problem.tsx'
import styles from './log-in.module.css'

interface Given {
  readonly login: string
  readonly password: string
}

/** Name and password. */
export const LogInForm = ({
  over,
}: {
  /** The page that goes on behind it: whose it is, and what comes of the log-in. */
  readonly over?: { readonly login: string; readonly onDone: (session: Session) => void }
}) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const enter = async ({ login, password }: Given) => {
    setBusy(true)
    setError(null)
    try {
      const session = await logIn(queries, { login: login.trim(), password, over: over !== undefined })
      over?.onDone(session)
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  const rules = [{ required: true, message: t('shell.login.missing') }]
  return (
    <Form<Given> layout="vertical" initialValues={{ login: over?.login ?? '' }} onFinish={(it) => void enter(it)}>
      <Form.Item name="login" label={t('shell.login.login')} rules={rules}>
        <Input autoComplete="username" autoFocus={over === undefined} autoCapitalize="none" maxLength={63} />
      </Form.Item>
      <Form.Item name="password" label={t('shell.login.password')} rules={rules}>
        <Input.Password autoComplete="current-password" autoFocus={over !== undefined} maxLength={200} />
      </Form.Item>
      <Flex vertical gap={12}>
        <ProblemNote error={error} />
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('shell.login.enter')}
        </Button>
      </Flex>
    </Form>
  )
}

const DemonstrationPeople = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const about = useAnswer(aboutGet, {})
  const demonstration = about.data?.demonstration
  if (!demonstration) return null
  const enter = (login: string) =>
    void logIn(queries, { login, password: demonstration.password }).catch((refused: unknown) => setError(refused))
  return (
    <section aria-label={t('shell.login.demonstration')} className={styles.people}>
      <Typography.Paragraph type="secondary">
        {t('shell.login.demonstrationHint', { password: demonstration.password })}
      </Typography.Paragraph>
      <div className={styles.grid}>
        {demonstration.people.map((it) => (
          <button key={it.login} type="button" className={styles.person} onClick={() => enter(it.login)}>
            <strong>{it.name}</strong>
            <span>{t(`shell.roles.${it.role}`)}</span>
            <small>{it.organisation}</small>
          </button>
        ))}
      </div>
      <ProblemNote error={error} />
    </section>
  )
}

export const LogInPage = () => {
  const { t, i18n } = useTranslation()
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Flex vertical align="center" gap={4} className={styles.brand}>
          <img src="/favicon.svg" alt="" width={56} height={56} />
          <Typography.Title level={1} className={styles.product}>
            {t('shell.product')}
          </Typography.Title>
          <Typography.Text type="secondary">{t('shell.tagline')}</Typography.Text>
        </Flex>
        <LogInForm />
        <SignOnPlaces />
        <DemonstrationPeople />
        <Button
          type="link"
          block
          className={styles.language}
          onClick={() => localePreference.set(i18n.language === 'en' ? 'zh-CN' : 'en')}
        >
          {t('shell.otherLanguage')}
        </Button>
      </div>
    </main>
  )
}
