import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import { lazy, Suspense, useEffect } from 'react'
import { createQueries } from './api/answers.ts'
import { followSession, SessionContext, sessionQuery } from './api/session.ts'
import { signOnReturn } from './api/sign-on.ts'
import { stepUp } from './api/step-up.ts'
import { useWidgetWords } from './i18n/index.ts'
import { bringPageAt, createPageRouter } from './router.tsx'
import { ProblemPanel } from './ui/problem.tsx'
import { themeConfig, useIsDark, useMotion } from './ui/theme.ts'
import { useStore } from './use-store.ts'

const queries = createQueries()
const router = createPageRouter()
followSession(queries)

/** Asked for while the rest is still being read: none of these waits for another. */
export const prepare = (): Promise<void> => {
  void queries.prefetchQuery(sessionQuery)
  return bringPageAt(router, window.location.pathname)
}

// Most who come are signed in already.
const LogInPage = lazy(async () => ({ default: (await import('./pages/log-in.tsx')).LogInPage }))
const SignOnPage = lazy(async () => ({ default: (await import('./pages/sign-on.tsx')).SignOnPage }))
const EnteringPage = lazy(async () => ({ default: (await import('./pages/entering.tsx')).EnteringPage }))
const StepUp = lazy(async () => ({ default: (await import('./layouts/step-up.tsx')).StepUp }))

const Signed = () => {
  const session = useQuery(sessionQuery)
  const isAsked = useStore(stepUp) !== null
  const returned = useStore(signOnReturn)
  if (returned) return <SignOnPage parameters={returned} />
  const trouble = session.error ?? session.failureReason
  if (session.data === undefined) return trouble ? <ProblemPanel error={trouble} /> : null
  if (session.data === null) return <LogInPage />
  return (
    <SessionContext value={session.data}>
      {session.data.stage !== 'complete' ? (
        <EnteringPage stage={session.data.stage} />
      ) : (
        // Nothing that one person had open outlives the log-in of another.
        <RouterProvider key={session.data.person.id} router={router} />
      )}
      {isAsked && <StepUp />}
    </SessionContext>
  )
}

export const App = () => {
  const words = useWidgetWords()
  const dark = useIsDark()
  const motion = useMotion()
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
          <Suspense>
            <Signed />
          </Suspense>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
