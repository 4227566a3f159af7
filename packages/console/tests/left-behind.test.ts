import { expect, test } from 'vitest'
import { choose } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fresh, newSystem } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

describeConsole('a page that is left before its answer comes', () => {
  useBrowser()

  test('keeps no draft of what was saved: it would be asked for twice', async () => {
    const system = await newSystem(await clientOf('wu.department'))
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await page.route('**/api/v1/requests', async (route) => {
      asked.resolve()
      await left.promise
      await route.continue()
    })
    await visit(page, '/requests/new')
    await choose(page, words.requests.system, system.name)
    await choose(page, words.request.plan, '通用云服务器 1 核 2 GiB')
    await page.getByLabel(words.form.name, { exact: true }).fill(fresh('li'))
    await page.getByRole('button', { name: words.form.save, exact: true }).click()
    await asked.promise
    await page.getByRole('link', { name: words.pages.systems, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: words.pages.systems }).waitFor()
    const saved = page.waitForResponse((it) => it.request().method() === 'POST' && it.url().endsWith('/requests'))
    left.resolve()
    await (await saved).finished()
    await visit(page, '/requests/new')
    await page.getByLabel(words.form.name, { exact: true }).waitFor()
    expect(await page.getByText(words.states.draftRestored).count()).toBe(0)
    expect(window.complaints).toEqual([])
  })
})
