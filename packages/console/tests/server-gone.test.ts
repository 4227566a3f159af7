import { requestGet, systemList } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { drafted, fresh, newSystem } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const api = '**/api/v1/**'

/** Nothing of the server comes through any more; what had been asked for is told so too. */
const away = (page: Page): Promise<unknown> => page.route(api, (route) => route.abort('connectionrefused'))
const rows = (page: Page) => page.getByRole('grid', { name: words.pages.systems }).getByRole('gridcell')
const back = (page: Page): Promise<void> => page.unroute(api)

describeConsole('a server that is gone for a while', () => {
  useBrowser()

  test('is said to be, and what was asked meanwhile comes by itself when it is there again', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/systems')
    await rows(page).first().waitFor()
    await away(page)
    await page.getByRole('link', { name: words.pages.resources, exact: true }).click()
    await page.getByText(words.shell.lost).waitFor()
    // What was on the screen before is still to be read.
    await page.getByRole('link', { name: words.pages.systems, exact: true }).click()
    await rows(page).first().waitFor()
    await page.getByRole('link', { name: words.pages.resources, exact: true }).click()
    await back(page)
    await page.getByRole('grid', { name: words.pages.resources }).waitFor()
    await page.getByText(words.shell.lost).waitFor({ state: 'detached' })
    expect(window.complaints).toEqual([])
  })

  test('is asked again for what was sent, until it says, and does it once', async () => {
    const client = await clientOf('wu.department')
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/systems')
    await page.getByRole('button', { name: words.systems.create }).first().click()
    const dialog = page.getByRole('dialog')
    const name = fresh('断网系统')
    await dialog.getByLabel(words.systems.name).fill(name)
    // The first one arrives and its answer is lost; then the server is gone altogether.
    let lost = 0
    await page.route(api, async (route) => {
      if (route.request().method() === 'POST' && lost++ === 0) await route.fetch()
      await route.abort('connectionreset')
    })
    await dialog.getByRole('button', { name: words.states.create }).click()
    await dialog.getByText(words.states.unreachable).waitFor()
    expect(await dialog.getByLabel(words.systems.name).inputValue()).toBe(name)
    await back(page)
    await page.getByRole('heading', { name }).waitFor()
    const { items } = await client.call(systemList, { query: { text: name } })
    expect(items).toHaveLength(1)
    expect(window.complaints).toEqual([])
  })

  test('does not do later what was called off while it was away', async () => {
    const client = await clientOf('wu.department')
    const { id } = await drafted(client, (await newSystem(client)).id, [{ name: fresh('ting') }])
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, `/requests/${id}`)
    await page.getByRole('button', { name: words.request.discard }).click()
    await away(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: words.request.discard }).click()
    await dialog.getByText(words.states.unreachable).waitFor()
    await dialog.getByRole('button', { name: words.states.cancel }).click()
    await dialog.waitFor({ state: 'detached' })
    await back(page)
    await page.getByText(words.shell.lost).waitFor({ state: 'detached' })
    await shows(page, locale, 'draft')
    expect((await client.call(requestGet, { params: { requestId: id } })).state).toBe('draft')
  })
})

describeConsole('a proxy', () => {
  useBrowser()

  test('that answers for a server that is gone is no answer: it is asked again', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await page.route(api, (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>503</h1>' }))
    await page.goto('/systems')
    await page.getByText(words.states.unreachable).waitFor()
    await back(page)
    await rows(page).first().waitFor()
  })
})
