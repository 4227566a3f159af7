import { createRootRoute, createRoute, createRouter, Outlet, useRouterState } from '@tanstack/react-router'
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
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

/** A page that is there already is shown at once, where React would show the waiting first and hold it on. */
const pageOf = ({ path, needs, load }: PageRoute) => {
  let there: ComponentType | undefined
  const bring = async (): Promise<ComponentType> => {
    there = await load()
    return there
  }
  const Later = lazy(async () => ({ default: await bring() }))
  return { path, needs, bring, component: () => there ?? Later }
}

type Page = ReturnType<typeof pageOf>
const pages: readonly Page[] = routes.map(pageOf)

const Content = ({ page: { component, needs } }: { readonly page: Page }) => {
  // The same for as long as the page is open: another component in its place would forget what was typed.
  const [Component] = useState(component)
  return (
    <Guarded needs={needs}>
      <Component />
    </Guarded>
  )
}

const routeOf = (page: Page) =>
  createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => <Content page={page} />,
    errorComponent: ({ error, reset }) => <ProblemPanel error={error} onRetry={reset} />,
  })

/** Search parameters are plain words, as people write and send them. */
const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))
const stringifySearch = (search: Record<string, unknown>): string => {
  const said = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const parameters = new URLSearchParams(said.map(([key, value]) => [key, String(value)]))
  return parameters.size > 0 ? `?${parameters}` : ''
}

export const createPageRouter = () =>
  createRouter({
    routeTree: root.addChildren(pages.map(routeOf)),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    scrollToTopSelectors: ['main'],
  })

/** Begins to bring the page of an address before there is anything to show it in. */
export const bringPageAt = async (router: ReturnType<typeof createPageRouter>, pathname: string): Promise<void> => {
  const [, , found] = router.getMatchedRoutes(pathname)
  // Where it cannot be brought, that is said in its place.
  const page = pages.find((it) => it.path === found?.fullPath)
  await page?.bring().catch(() => undefined)
}
