import { type Locale, locales, type RequestState, wordOf } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeConsole, openAs, phone, useBrowser, visit } from './world/console.ts'
import { wordsIn } from './world/words.ts'

const system = '养老服务平台'

/** Says yes in the dialog that a button has opened, and waits until it is gone. */
const confirm = async (page: Page, label: string, remark?: string): Promise<void> => {
  const dialog = page.getByRole('dialog')
  if (remark !== undefined) await dialog.getByRole('textbox').first().fill(remark)
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The state beside the heading; it comes by itself, nothing is reloaded. */
const shows = (page: Page, locale: Locale, state: RequestState): Promise<void> =>
  page
    .locator('h1 + .ant-tag, h1 ~ .ant-tag')
    .getByText(wordOf(locale, 'requestState', state), { exact: true })
    .waitFor({ timeout: 60_000 })

/** From the catalogue to a request that is sent; answers its address. */
const order = async (page: Page, locale: Locale, plan: string, name: string): Promise<string> => {
  const words = wordsIn(locale)
  await visit(page, '/catalogue')
  const card = page.getByRole('listitem').filter({ hasText: plan }).first()
  await card.getByRole('link', { name: words.catalogue.order }).click()
  await page.getByRole('combobox', { name: words.requests.system }).click()
  await page.getByTitle(system).first().click()
  await page.getByLabel(words.form.name, { exact: true }).first().fill(name)
  await page.getByText(/¥\d/).first().waitFor()
  await page.getByRole('button', { name: words.form.send }).click()
  await page.waitForURL(/\/requests\/req_/)
  return page.url()
}

describeConsole('the eight steps', () => {
  useBrowser()

  test.each(locales)('are walked by a department and an operator with a phone, live, in %s', async (locale) => {
    const words = wordsIn(locale)
    await using department = await openAs('wang.department', { locale })
    const { page } = department

    // What is small and within quota a rule approves; it is delivered while one watches.
    const small = await order(page, locale, '2 核 4 GiB', `walk-${locale.toLowerCase()}-a`)
    await shows(page, locale, 'testing')
    await page.getByRole('button', { name: words.request.passTest }).click()
    await confirm(page, words.request.passTest, 'ok')
    await shows(page, locale, 'formal')

    // What is larger waits for an operator.
    const large = await order(page, locale, '8 核 16 GiB', `walk-${locale.toLowerCase()}-b`)
    await shows(page, locale, 'submitted')
    {
      await using operator = await openAs('li.operator', { locale, viewport: phone })
      await visit(operator.page, new URL(large).pathname)
      await operator.page.getByRole('button', { name: words.request.approve }).click()
      await confirm(operator.page, words.request.approve, 'ok')
      await shows(operator.page, locale, 'testing')
      expect(await operator.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
      expect(operator.complaints).toEqual([])
    }
    await shows(page, locale, 'testing')
    await page.getByRole('button', { name: words.request.failTest }).click()
    await confirm(page, words.request.failTest, 'no')
    await shows(page, locale, 'reclaimed')

    // Given back, it lies in the recycle bin.
    await visit(page, new URL(small).pathname)
    await page.getByRole('button', { name: words.request.reclaim }).click()
    await confirm(page, words.request.reclaim, 'over')
    expect(department.complaints).toEqual([])
  })
})
