import { createRootRoute, createRoute, createRouter, Outlet, useRouterState } from '@tanstack/react-router'
import { rolesAllowed } from '@yiduo/contract'
import { Button, Result } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { needsOf } from './api/permissions.ts'
import { useMayOpen } from './api/session.ts'
import { useTranslation } from './i18n/index.ts'
import { Shell } from './layouts/shell.tsx'
import { paths } from './paths.ts'
import { type PageRoute, routes } from './routes.ts'
import { Waiting } from './ui/asked.tsx'
import { ProblemPanel } from './ui/problem.tsx'

const NotFound = () => {
  const { t } = useTranslation()
  return (
    <Result
      status="404"
      title={t('states.notFound')}
      subTitle={t('states.notFoundHint')}
      extra={
        <Button type="primary" href={paths.home()}>
          {t('states.toHome')}
        </Button>
      }
    />
  )
}

/** A link to what this person may not see says whom to ask. */
const Guarded = ({ needs, children }: { readonly needs: PageRoute['needs']; readonly children: ReactNode }) => {
  const { t } = useTranslation()
  const mayOpen = useMayOpen()
  if (mayOpen(needs)) return children
  const allowed = new Set(needsOf(needs).flatMap((it) => rolesAllowed(it.name)))
  const roles = [...allowed].map((it) => t(`shell.roles.${it}`))
  return (
    <Result
      status="403"
      title={t('states.forbidden')}
      subTitle={t('states.forbiddenHint', { roles: roles.join(', ') })}
    />
  )
}

const bare: ReadonlySet<string> = new Set(routes.filter((it) => it.bare).map((it) => it.path))

const Frame = () => {
  const isBare = useRouterState({ select: (it) => bare.has(it.matches.at(-1)?.fullPath ?? '') })
  return isBare ? (
    <Outlet />
  ) : (
    <Shell>
      <Outlet />
    </Shell>
  )
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const routeOf = ({ path, load, needs }: PageRoute) => {
  const Lazy = lazy(async () => ({ default: await load() }))
  return createRoute({
    getParentRoute: () => root,
    path,
    component: () => (
      <Guarded needs={needs}>
        <Suspense fallback={<Waiting />}>
          <Lazy />
        </Suspense>
      </Guarded>
    ),
    errorComponent: ({ error, reset }) => <ProblemPanel error={error} onRetry={reset} />,
  })
}

/** Search parameters are plain words, as people write and send them. */
const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))
const stringifySearch = (search: Record<string, unknown>): string => {
  const said = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const parameters = new URLSearchParams(said.map(([key, value]) => [key, String(value)]))
  return parameters.size > 0 ? `?${parameters}` : ''
}

export const createPageRouter = () =>
  createRouter({
    routeTree: root.addChildren(routes.map(routeOf)),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    scrollToTopSelectors: ['main'],
  })
