import { type Locale, type RequestState, wordOf } from '@yiduo/contract'
import type { Locator, Page } from 'playwright-core'

/** What comes over the clouds: a delivery takes some seconds, and the machine may be busy. */
const patienceMs = 60_000

interface Said {
  readonly remark?: string
  /** Typed again, where something will be lost. */
  readonly name?: string
}

/** Says yes in the dialog that a button has opened, and waits until it is gone. */
export const confirm = async (page: Page, label: string, { remark, name }: Said = {}): Promise<void> => {
  const dialog = page.getByRole('dialog')
  if (remark !== undefined) await dialog.getByRole('textbox').first().fill(remark)
  if (name !== undefined) await dialog.getByRole('textbox').last().fill(name)
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Presses a button of the page, or of a part of it, and says yes. */
export const act = async (within: Page | Locator, label: string, said: Said = {}): Promise<void> => {
  await within.getByRole('button', { name: label, exact: true }).first().click()
  await confirm('page' in within ? within.page() : within, label, said)
}

/** Some text in the part of the page that changes. */
export const sees = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('main').getByText(text).first().waitFor({ timeout: patienceMs })

/** The state beside the heading; it comes by itself, nothing is reloaded. */
export const shows = (page: Page, locale: Locale, state: RequestState): Promise<void> =>
  page
    .locator('h1 + .ant-tag, h1 ~ .ant-tag')
    .getByText(wordOf(locale, 'requestState', state), { exact: true })
    .waitFor({ timeout: patienceMs })

/** Chooses from a list that opens; where it is long, by typing. */
export const choose = async (page: Page, label: string, option: string): Promise<void> => {
  const field = page.getByRole('combobox', { name: label }).first()
  await field.click()
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByTitle(option).first().click()
}
