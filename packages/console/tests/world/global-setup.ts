import type { TestProject } from 'vitest/node'
import { browserPath } from './browser-path.ts'
import { startDemonstration } from './demonstration.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demonstration province answers; empty where no browser is there to look at it. */
    readonly consoleUrl: string
  }
}

/** One province for the whole run; while one works on pages, the one that runs at `YIDUO_CONSOLE_URL`. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (browserPath() === null) {
    project.provide('consoleUrl', '')
    return async () => undefined
  }
  const running = process.env.YIDUO_CONSOLE_URL
  if (running) {
    project.provide('consoleUrl', running)
    return async () => undefined
  }
  const demonstration = await startDemonstration()
  project.provide('consoleUrl', demonstration.url)
  return async () => demonstration[Symbol.asyncDispose]()
}
