import { createRootRoute, createRoute, createRouter, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useMayOpen } from './api/session.ts'
import { Shell } from './layouts/shell.tsx'
import { type PageRoute, routes } from './routes.ts'
import { Waiting } from './ui/asked.tsx'
import { ProblemPanel } from './ui/problem.tsx'

// Hardly ever seen, so not a part of what everybody waits for.
const NotFound = lazy(async () => ({ default: (await import('./pages/not-found.tsx')).NotFoundPage }))
const Forbidden = lazy(async () => ({ default: (await import('./pages/forbidden.tsx')).ForbiddenPage }))

const Guarded = ({ needs, children }: { readonly needs: PageRoute['needs']; readonly children: ReactNode }) => {
  const mayOpen = useMayOpen()
  return <Suspense fallback={<Waiting />}>{mayOpen(needs) ? children : <Forbidden needs={needs} />}</Suspense>
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

const root = createRootRoute({ component: Frame, notFoundComponent: () => <NotFound /> })

const routeOf = ({ path, load, needs }: PageRoute) => {
  const Lazy = lazy(async () => ({ default: await load() }))
  return createRoute({
    getParentRoute: () => root,
    path,
    component: () => (
      <Guarded needs={needs}>
        <Lazy />
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

/** Begins to bring the page of an address before there is anything to show it in. */
export const loadPageAt = (router: ReturnType<typeof createPageRouter>, pathname: string): void => {
  const [, , found] = router.getMatchedRoutes(pathname)
  void routes.find((it) => it.path === found?.fullPath)?.load()
}
