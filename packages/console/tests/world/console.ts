import type { Client } from '@yiduo/contract'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { clientAt, type Look, openWindowIn, settled, signIn, type Window } from './browser.ts'
import { browserPath } from './browser-path.ts'

/** Looks through a real browser at a real server. Without a browser it is left out, and the run says so. */
export const describeConsole = (what: string, tests: () => void): void => {
  describe.skipIf(browserPath() === null)(what, tests)
}

let browser: Browser | undefined

/** The browser of the run; each person has a window of their own in it. */
export const useBrowser = (): void => {
  beforeAll(async () => {
    browser = await chromium.connect(inject('browserEndpoint'))
  })
  afterAll(async () => {
    await browser?.close()
  })
}

export const phone = { width: 390, height: 844 } as const

const consoleUrl = (): string => inject('consoleUrl')

export const openWindow = (look: Look = {}): Promise<Window> => {
  if (!browser) throw new Error('no browser: call useBrowser() in this file')
  return openWindowIn(browser, consoleUrl(), look)
}

export const openAs = async (login: string, look: Look = {}): Promise<Window> => {
  const window = await openWindow(look)
  await signIn(window, consoleUrl(), login)
  return window
}

export const visit = async (page: Page, address: string): Promise<void> => {
  await page.goto(address)
  await settled(page)
}

export const clientOf = (login: string): Promise<Client> => clientAt(consoleUrl(), login)
