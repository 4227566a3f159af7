import { requestList } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { choose } from './world/acts.ts'
import { password, type Window } from './world/browser.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fresh, newSystem } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

/** The server forgets the session, as it does when its time is over; the browser is not told. */
const endSession = async ({ context, page }: Window): Promise<void> => {
  const headers = { origin: new URL(page.url()).origin }
  const answer = await context.request.delete('/api/v1/sessions/current', { headers })
  expect(answer.status()).toBe(204)
}

/** Whatever asks the server next finds it out: this click, unless an event was faster and the log-in is over the page. */
const findOut = async (page: Page, button: string): Promise<void> => {
  await page
    .getByRole('button', { name: button })
    .click({ timeout: 3_000 })
    .catch(() => undefined)
  await page.getByRole('dialog', { name: words.shell.login.again }).waitFor()
}

const logInAgain = async (page: Page): Promise<void> => {
  const dialog = page.getByRole('dialog', { name: words.shell.login.again })
  await dialog.getByLabel(words.shell.login.password, { exact: true }).fill(password)
  await dialog.getByRole('button', { name: words.shell.login.enter }).click()
  await dialog.waitFor({ state: 'detached' })
}

describeConsole('a session that ends while a form is full', () => {
  useBrowser()

  test('leaves the form under the new log-in, and it is sent from there', async () => {
    const client = await clientOf('wu.department')
    const system = await newSystem(client)
    const name = fresh('survivor')
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/requests/new')
    await choose(page, words.requests.system, system.name)
    await choose(page, words.request.plan, '通用云服务器 1 核 2 GiB')
    await page.getByLabel(words.form.name, { exact: true }).fill(name)
    await page.getByText(/¥\d/).first().waitFor()
    await endSession(window)
    await findOut(page, words.form.send)
    await logInAgain(page)
    expect(await page.getByLabel(words.form.name, { exact: true }).inputValue()).toBe(name)
    await page.getByRole('button', { name: words.form.send }).click()
    await page.waitForURL(/\/requests\/req_/)
    const { items } = await client.call(requestList, { query: { systemId: system.id } })
    expect(items.map((it) => it.lines.map((line) => line.name))).toEqual([[name]])
    expect(window.complaints).toEqual([])
  })

  test('leaves a dialog that is being filled in, even where the server was away meanwhile', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/systems')
    await page.getByRole('button', { name: words.systems.create }).first().click()
    const name = fresh('半途系统')
    const field = page.getByRole('dialog').getByLabel(words.systems.name, { exact: true })
    await field.fill(name)
    // Away, and back without the session: everything is asked for anew, who one is among it.
    await page.route('**/api/v1/**', (route) => route.abort())
    await page.getByRole('dialog').getByRole('button', { name: words.states.create }).click()
    await page.getByText(words.shell.lost).waitFor()
    await endSession(window)
    await page.unroute('**/api/v1/**')
    await logInAgain(page)
    const dialog = page.getByRole('dialog')
    expect(await field.inputValue()).toBe(name)
    await dialog.getByRole('button', { name: words.states.create }).click()
    await page.getByRole('heading', { name }).waitFor()
    expect(window.complaints).toEqual([])
  })

  test('shows nothing of the one before to another person who logs in over it', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/systems?text=服务')
    await page.getByRole('grid').getByText('就业服务大数据平台').waitFor()
    await endSession(window)
    await findOut(page, words.states.table.refresh)
    const dialog = page.getByRole('dialog', { name: words.shell.login.again })
    await dialog.getByLabel(words.shell.login.login).fill('wang.department')
    await logInAgain(page)
    await page.waitForURL((url) => url.pathname === '/')
    await page.getByRole('button', { name: '王芳' }).waitFor()
    await page.getByRole('link', { name: words.pages.systems, exact: true }).click()
    await page.getByRole('grid').getByRole('gridcell').first().waitFor()
    expect(await page.getByText('就业服务大数据平台').count()).toBe(0)
  })
})

describeConsole('several windows of one browser', () => {
  useBrowser()

  test('show nothing of the one before, when somebody else logs in in one of them', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page, context } = window
    const other = await context.newPage()
    await visit(page, '/systems?text=服务')
    await page.getByRole('grid').getByText('就业服务大数据平台').waitFor()
    await visit(other, '/')
    await other.getByRole('button', { name: /吴/ }).first().click()
    await other.getByRole('menuitem', { name: words.shell.logOut }).click()
    await other.getByLabel(words.shell.login.login).fill('wang.department')
    await page.getByLabel(words.shell.login.login).waitFor()
    expect(await page.getByText('就业服务大数据平台').count()).toBe(0)
    await other.getByLabel(words.shell.login.password, { exact: true }).fill(password)
    await other.getByRole('button', { name: words.shell.login.enter }).click()
    await page.getByRole('button', { name: '王芳' }).waitFor()
    expect(window.complaints).toEqual([])
  })
})
