import { type Locale, locales, wordOf } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act, choose, sees, shows } from './world/acts.ts'
import type { Window } from './world/browser.ts'
import { describeConsole, openAs, phone, useBrowser, visit } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { wordsIn } from './world/words.ts'
import { entriesOf } from './world/workbook.ts'

const system = '养老服务平台'
const organisation = '省民政厅'

/** Of Beijing's calendar. */
const monthNow = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)

/** From the catalogue to a request that is sent; answers its path. */
const order = async (page: Page, locale: Locale, plan: string, name: string): Promise<string> => {
  const words = wordsIn(locale)
  await visit(page, '/catalogue')
  const card = page.getByRole('listitem').filter({ hasText: plan }).first()
  await card.getByRole('link', { name: words.catalogue.order }).click()
  await choose(page, words.requests.system, system)
  await page.getByLabel(words.form.name, { exact: true }).first().fill(name)
  await page.getByText(/¥\d/).first().waitFor()
  await page.getByRole('button', { name: words.form.send }).click()
  await page.waitForURL(/\/requests\/req_/)
  return new URL(page.url()).pathname
}

/** The server that a request delivered gets a disk; answers once that stands. */
const change = async (page: Page, locale: Locale, name: string): Promise<void> => {
  const words = wordsIn(locale)
  await page.getByRole('region', { name: words.request.resources }).getByRole('link', { name }).click()
  await page.getByRole('button', { name: words.resources.addVolume }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.resources.name).fill(`${name}-data`)
  await dialog.getByText(words.changes.byRule).waitFor()
  await dialog.getByRole('button', { name: words.changes.ask }).click()
  await shows(page, locale, 'completed')
}

/** An operator makes a task of the first advice that nobody has, and ends it with a reason. */
const optimise = async (page: Page, locale: Locale): Promise<void> => {
  const words = wordsIn(locale)
  await visit(page, '/advice?state=open')
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: words.money.assign }) })
  await row.first().getByRole('button', { name: words.money.assign }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.money.dueDay).fill('2099-12-31')
  await dialog.getByRole('button', { name: words.states.save }).click()
  await dialog.waitFor({ state: 'detached' })
  await visit(page, '/advice?state=assigned')
  await sees(page, wordOf(locale, 'adviceState', 'assigned'))
  await act(row.first(), words.money.decline, { remark: '年底迁移，暂留' })
}

/** The month before is closed; this month's bill, taken away as a sheet, has the department's server in it. */
const settle = async ({ page }: Window, locale: Locale, server: string): Promise<void> => {
  const words = wordsIn(locale)
  await visit(page, '/bills')
  await page.getByRole('row').filter({ hasText: organisation }).first().getByRole('link').click()
  await sees(page, wordOf(locale, 'billState', 'closed'))
  const [, bill] = /(\/bills\/org_[^/]+)\//.exec(page.url()) ?? []
  await visit(page, `${bill}/${monthNow()}`)
  await sees(page, wordOf(locale, 'billState', 'provisional'))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: words.money.export }).click()
  const sheets = await entriesOf(await download)
  expect([...sheets.values()].join()).toContain(server)
}

describeConsole('the eight steps', () => {
  useBrowser()

  test.each(locales)('are walked by a department, an operator and the authority, live, in %s', async (locale) => {
    const words = wordsIn(locale)
    await using department = await openAs('wang.department', { locale })
    await using operator = await openAs('li.operator', { locale, viewport: phone })
    await using authority = await openAs('zhao.authority', { locale })
    const { page } = department
    const [a, b] = [fresh('walk-a'), fresh('walk-b')]

    // Apply, approve: what is small and within quota a rule approves. Test, provision: while one watches.
    const small = await order(page, locale, '2 核 4 GiB', a)
    await shows(page, locale, 'testing')
    await act(page, words.request.passTest, { remark: 'ok' })
    await shows(page, locale, 'formal')
    await change(page, locale, a)

    // What is larger waits for an operator, who has a phone.
    const large = await order(page, locale, '8 核 16 GiB', b)
    await shows(page, locale, 'submitted')
    await visit(operator.page, large)
    await act(operator.page, words.request.approve, { remark: 'ok' })
    await shows(operator.page, locale, 'testing')
    expect(await operator.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
    await shows(page, locale, 'testing')
    await act(page, words.request.failTest, { remark: 'no' })
    await shows(page, locale, 'reclaimed')

    await optimise(operator.page, locale)
    await settle(authority, locale, a)

    // Reclaim: asked for, approved, in the recycle bin, and wiped from there by typing its name.
    await visit(page, small)
    await act(page, words.request.reclaim, { remark: 'over' })
    await page.waitForURL((url) => url.pathname !== small)
    await visit(operator.page, new URL(page.url()).pathname)
    await act(operator.page, words.request.approve)
    await visit(page, small)
    await shows(page, locale, 'recycled')
    await visit(operator.page, small)
    await act(operator.page, words.request.purge, { name: system })
    await shows(page, locale, 'reclaimed')
    for (const it of [department, operator, authority]) expect(it.complaints).toEqual([])
  })
})
