import { type Client, createClient, type Locale, sessionCreate } from '@yiduo/contract'
import { type Browser, type BrowserContext, type BrowserServer, chromium, type Page } from 'playwright-core'
import { browserPath } from './browser-path.ts'

export const password = 'Yiduo-Demo-2026'
/** Of the administrators, and of whom a test makes: the demonstration's own holds the product's name, which is refused. */
export const ownPassword = 'Plum-2026-tower'

/** People of the demonstration have a dot in their log-in. */
const passwordOf = (login: string): string => (login.includes('.') ? password : ownPassword)

/** Fields of dates speak the language of the browser, not of the page. */
const how = (locale: Locale) => ({
  executablePath: browserPath() ?? '',
  args: ['--no-sandbox', `--lang=${locale}`],
  env: { ...process.env, LANGUAGE: locale.replace('-', '_') },
})

export const launch = (locale: Locale = 'zh-CN'): Promise<Browser> => chromium.launch(how(locale))

/** One that several processes look through. */
export const serveBrowser = (): Promise<BrowserServer> => chromium.launchServer(how('zh-CN'))

export interface Look {
  readonly locale?: Locale
  readonly theme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}

const laptop = { width: 1366, height: 768 } as const

export interface Window extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** Defects of pages, as they happened. */
  readonly complaints: readonly string[]
}

/** An empty window, without motion: colours on their way are neither the one nor the other; what the person chose in it later is kept. */
export const openWindowIn = async (browser: Browser, baseURL: string, look: Look = {}): Promise<Window> => {
  const { locale = 'zh-CN', theme = 'light', viewport = laptop } = look
  const context = await browser.newContext({
    viewport,
    locale,
    baseURL,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([chosenTheme, chosenLocale]) => {
      if (!localStorage.getItem('yiduo.theme')) localStorage.setItem('yiduo.theme', JSON.stringify(chosenTheme))
      if (!localStorage.getItem('yiduo.locale')) localStorage.setItem('yiduo.locale', JSON.stringify(chosenLocale))
    },
    [theme, locale],
  )
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  return {
    page,
    context,
    complaints,
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** By the door that the log-in page uses. */
export const signIn = async ({ context }: Window, baseURL: string, login: string): Promise<void> => {
  const answer = await context.request.post('/api/v1/sessions', {
    data: { login, password: passwordOf(login), cookie: true },
    headers: { origin: baseURL },
  })
  if (!answer.ok()) throw new Error(`${login}: ${await answer.text()}`)
}

/** Waits until a page has its heading, and no skeleton in it. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor()
  await page.locator('[role="status"] .ant-skeleton').first().waitFor({ state: 'detached' })
}

/** The same person as a program, to set a scene or to see what became of it. */
export const clientAt = async (baseUrl: string, login: string): Promise<Client> => {
  const { token } = await createClient({ baseUrl }).call(sessionCreate, {
    body: { login, password: passwordOf(login) },
  })
  return createClient({ baseUrl, ...(token === undefined ? {} : { token }) })
}
