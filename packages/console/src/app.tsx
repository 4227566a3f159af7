import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import type { Locale as AntLocale } from 'antd/es/locale'
import { useEffect, useState } from 'react'
import { createQueries } from './api/answers.ts'
import { SessionContext, useSessionQuery } from './api/session.ts'
import { useLocale } from './i18n/index.ts'
import { LogInPage } from './pages/log-in.tsx'
import { PasswordPage } from './pages/password.tsx'
import { createPageRouter } from './router.tsx'
import { ProblemPanel } from './ui/problem.tsx'
import { themeConfig, useIsDark, useMotion } from './ui/theme.ts'

const queries = createQueries()
const router = createPageRouter()

const antLocales = {
  'zh-CN': async () => (await import('antd/es/locale/zh_CN')).default,
  en: async () => (await import('antd/es/locale/en_GB')).default,
}

const Signed = () => {
  const session = useSessionQuery()
  const trouble = session.error ?? session.failureReason
  if (session.data === undefined) return trouble ? <ProblemPanel error={trouble} /> : null
  if (session.data === null) return <LogInPage />
  return (
    <SessionContext value={session.data}>
      {session.data.person.mustChangePassword ? (
        <PasswordPage required />
      ) : (
        // Nothing that one person had open outlives the log-in of another.
        <RouterProvider key={session.data.person.id} router={router} />
      )}
    </SessionContext>
  )
}

export const App = () => {
  const locale = useLocale()
  const dark = useIsDark()
  const motion = useMotion()
  const [words, setWords] = useState<AntLocale>()
  useEffect(() => {
    void antLocales[locale]().then(setWords)
  }, [locale])
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
  return (
    <ConfigProvider
      theme={themeConfig(dark, motion)}
      button={{ autoInsertSpace: false }}
      {...(words ? { locale: words } : {})}
    >
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={queries}>
          <Signed />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
