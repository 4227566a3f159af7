import { type Client, createClient, type Locale } from '@yiduo/contract'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { browserPath } from './browser-path.ts'

export const password = 'Yiduo-Demo-2026'
const path = browserPath()

/** Looks through a real browser at a real server. Without a browser it is left out, and the run says so. */
export const describeConsole = (what: string, tests: () => void): void => {
  describe.skipIf(path === null)(what, tests)
}

let browser: Browser | undefined

/** One browser a file; each person has a window of their own in it. */
export const useBrowser = (): void => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: path ?? '', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })
}

export interface Look {
  readonly locale?: Locale
  readonly theme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}

const laptop = { width: 1366, height: 768 } as const
export const phone = { width: 390, height: 844 } as const

export const consoleUrl = (): string => inject('consoleUrl')

/** An empty window; what the page complains of on its console is kept. */
export const openWindow = async ({ locale = 'zh-CN', theme = 'light', viewport = laptop }: Look = {}) => {
  if (!browser) throw new Error('no browser: call useBrowser() in this file')
  const options: BrowserContextOptions = { viewport, locale, baseURL: consoleUrl(), timezoneId: 'Asia/Shanghai' }
  const context = await browser.newContext(options)
  await context.addInitScript(
    ([chosenTheme, chosenLocale]) => {
      // What the person chose later in this window is kept.
      if (!localStorage.getItem('yiduo.theme')) localStorage.setItem('yiduo.theme', JSON.stringify(chosenTheme))
      if (!localStorage.getItem('yiduo.locale')) localStorage.setItem('yiduo.locale', JSON.stringify(chosenLocale))
    },
    [theme, locale],
  )
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() }
}

export type Window = Awaited<ReturnType<typeof openWindow>>

/** The same, signed in by the door that the log-in page uses. */
export const openAs = async (login: string, look: Look = {}): Promise<Window> => {
  const window = await openWindow(look)
  const answer = await window.context.request.post('/api/v1/sessions', {
    data: { login, password, cookie: true },
    headers: { origin: consoleUrl() },
  })
  if (!answer.ok()) throw new Error(`${login}: ${await answer.text()}`)
  return window
}

/** Goes to an address and waits until the page there has its heading and no skeleton. */
export const visit = async (page: Page, address: string): Promise<void> => {
  await page.goto(address)
  await settled(page)
}

export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor()
  await page.locator('[role="status"] .ant-skeleton').first().waitFor({ state: 'detached' })
}

/** The same person as a program, to set a scene or to see what became of it. */
export const clientOf = async (login: string): Promise<Client> => {
  const baseUrl = consoleUrl()
  const answer = await fetch(`${baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  const { token } = (await answer.json()) as { token: string }
  return createClient({ baseUrl, token })
}
