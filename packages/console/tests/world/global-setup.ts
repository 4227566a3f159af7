import type { TestProject } from 'vitest/node'
import { serveBrowser } from './browser.ts'
import { browserPath } from './browser-path.ts'
import { startDemonstration } from './demonstration.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demonstration province answers; empty where no browser is there to look at it. */
    readonly consoleUrl: string
    /** Where that province keeps its database, for orders to its simulated clouds. */
    readonly dataFolder: string
    /** Where the one browser of the run is reached. */
    readonly browserEndpoint: string
  }
}

/** One province and one browser for the whole run; while one works on pages, the province at `YIDUO_CONSOLE_URL`. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await using stack = new AsyncDisposableStack()
  const running = process.env.YIDUO_CONSOLE_URL
  const hasBrowser = browserPath() !== null
  const started = hasBrowser && !running ? stack.use(await startDemonstration()) : null
  const browser = hasBrowser ? await serveBrowser() : null
  if (browser) stack.defer(() => browser.close())
  project.provide('consoleUrl', started?.url ?? (hasBrowser ? (running ?? '') : ''))
  project.provide('dataFolder', started?.folder ?? process.env.YIDUO_DATA ?? '')
  project.provide('browserEndpoint', browser?.wsEndpoint() ?? '')
  const kept = stack.move()
  return () => kept.disposeAsync()
}
